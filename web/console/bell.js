import { el, fill } from '../shared/element.js'
import { icon } from './icons.js'

/** Two soft notes when somebody begins to wait; off until the agent turns it on. */
export class Bell {
  #storage
  /** @type {AudioContext | null} */
  #audio = null
  element = el('button', { type: 'button', class: 'plain', onclick: () => this.#toggle() })

  /** @param {import('../shared/storage.js').Storage} storage */
  constructor(storage) {
    this.#storage = storage
    this.#render()
  }

  get #on() {
    return this.#storage.get('sound') === 'on'
  }

  ring() {
    if (!this.#on) return
    this.#audio ??= new AudioContext()
    this.#note(this.#audio, 660, 0)
    this.#note(this.#audio, 880, 0.14)
  }

  /** @param {AudioContext} audio @param {number} pitch in hertz @param {number} after in seconds */
  #note(audio, pitch, after) {
    const at = audio.currentTime + after
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.4)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.45)
  }

  #toggle() {
    this.#storage.set('sound', this.#on ? null : 'on')
    this.#render()
    this.ring()
  }

  #render() {
    fill(this.element, icon(this.#on ? 'bell' : 'bellOff'))
    this.element.setAttribute('aria-label', 'Sound when somebody waits')
    this.element.setAttribute('aria-pressed', String(this.#on))
    this.element.title = this.#on ? 'Sound is on' : 'Sound is off'
  }
}
