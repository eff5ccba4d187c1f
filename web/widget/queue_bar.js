import { el } from '../shared/element.js'
import { roughly } from '../shared/format.js'
import { icon } from '../shared/icons.js'

/** While one waits for a person: the place in the queue, and the ways on. */
export class QueueBar {
  #place = el('strong')
  #wait = el('span')
  #meanwhile
  #assistant
  element

  /**
   * @param {string} assistant
   * @param {{leave: () => void, meanwhile: () => void}} actions
   */
  constructor(assistant, { leave, meanwhile }) {
    this.#assistant = assistant
    this.#meanwhile = el(
      'button',
      { type: 'button', class: 'quiet', onclick: meanwhile },
      `Ask ${assistant} meanwhile`,
    )
    this.element = el(
      'div',
      { class: 'queue', hidden: true },
      el(
        'div',
        { class: 'queue-words', role: 'status' },
        icon('clock'),
        el('div', {}, this.#place, this.#wait),
      ),
      el(
        'div',
        { class: 'queue-ways' },
        this.#meanwhile,
        el('button', { type: 'button', class: 'quiet', onclick: leave }, 'Leave the queue'),
      ),
    )
  }

  /** @param {import('../shared/conversation.js').Conversation} conversation */
  render({ state, queue, botWhileWaiting, leftMessage }) {
    this.element.hidden = state !== 'waiting' || leftMessage
    if (this.element.hidden) return
    const place = !queue
      ? 'Waiting for a person'
      : queue.position === 1
        ? 'You are next'
        : `You are number ${queue.position} in the queue`
    const seconds = queue?.expected_wait_seconds
    const wait =
      seconds === null || seconds === undefined
        ? 'Somebody will be with you as soon as they can.'
        : `Expected wait: ${roughly(seconds)}.`
    const said = botWhileWaiting ? `${wait} ${this.#assistant} goes on answering.` : wait
    if (this.#place.textContent !== place) this.#place.textContent = place
    if (this.#wait.textContent !== said) this.#wait.textContent = said
    this.#meanwhile.hidden = botWhileWaiting
  }
}
