import { el } from './element.js'
import { icon } from './icons.js'

const TYPING_EVERY = 3000

/**
 * Where one writes: grows with the text, sends on Enter (or Ctrl+Enter), counts near the limit, is never
 * disabled.
 */
export class Composer {
  #send
  #typed
  #limit
  #typedAt = 0
  #needsCtrl
  #label = el('label', { class: 'aloud', for: 'composer' }, 'Your message')
  #text = el('textarea', {
    id: 'composer',
    rows: 1,
    autocomplete: 'off',
    enterkeyhint: 'send',
    oninput: () => this.#input(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
  })
  #counter = el('div', { class: 'counter', role: 'status' })
  #button = el(
    'button',
    { type: 'submit', class: 'send', ariaLabel: 'Send', ariaDisabled: 'true' },
    icon('send'),
  )
  element

  /**
   * @param {{limit: number, placeholder: string, send: (text: string) => void, typed: () => void,
   *   needsCtrl?: boolean}} options
   */
  constructor({ limit, placeholder, send, typed, needsCtrl = false }) {
    this.#send = send
    this.#typed = typed
    this.#limit = limit
    this.#needsCtrl = needsCtrl
    this.element = el(
      'form',
      {
        class: 'composer',
        onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), this.submit()),
      },
      this.#label,
      el('div', { class: 'composer-box' }, this.#text, this.#button),
      this.#counter,
    )
    this.prompt(placeholder)
  }

  get text() {
    return this.#text.value
  }

  set text(text) {
    this.#text.value = text
    this.#input(false)
  }

  /** @param {string} placeholder */
  prompt(placeholder) {
    if (this.#text.placeholder !== placeholder) this.#text.placeholder = placeholder
    this.#label.textContent = placeholder
  }

  focus() {
    this.#text.focus({ preventScroll: true })
  }

  submit() {
    const text = this.#text.value.trim()
    if (!text || length(text) > this.#limit) return this.focus()
    this.text = ''
    this.#typedAt = 0
    this.#send(text)
    this.focus()
  }

  #input(byHand = true) {
    const long = length(this.#text.value.trim())
    const over = long - this.#limit
    this.#button.setAttribute('aria-disabled', String(long === 0 || over > 0))
    this.#counter.classList.toggle('over', over > 0)
    const near = long > this.#limit * 0.9
    this.#counter.textContent =
      over > 0
        ? `${over.toLocaleString()} too many characters`
        : near
          ? `${(-over).toLocaleString()} characters left`
          : ''
    this.#grow()
    if (byHand && long > 0 && Date.now() - this.#typedAt > TYPING_EVERY) {
      this.#typedAt = Date.now()
      this.#typed()
    }
  }

  #grow() {
    this.#text.style.height = 'auto'
    if (this.#text.value) this.#text.style.height = `${this.#text.scrollHeight}px`
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey) return
    if (this.#needsCtrl && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    this.submit()
  }
}

/** Characters as the desk counts them: code points, not UTF-16 units. @param {string} text */
function length(text) {
  return [...text].length
}
