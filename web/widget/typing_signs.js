/** @typedef {import('../shared/protocol.js').Author} Author */

const LASTS = 6000
const BOT_THINKS_UP_TO = 10_000

/** Who is writing: as the desk says, and the bot from a message's arrival to its answer. */
export class TypingSigns {
  #assistant
  #changed
  /** @type {Author | null} */
  #author = null
  #until = 0
  /** @type {number | undefined} */
  #timer

  /**
   * @param {string} assistant
   * @param {() => void} changed
   */
  constructor(assistant, changed) {
    this.#assistant = assistant
    this.#changed = changed
  }

  /** @param {Author} author */
  sign(author) {
    this.#author = author
    this.#until = Date.now() + LASTS
    this.#wakeIn(LASTS)
    this.#changed()
  }

  /**
   * @param {import('../shared/conversation.js').Conversation} conversation
   * @param {boolean} sending
   * @returns {string | null}
   */
  words(conversation, sending) {
    const { latest } = conversation
    if (this.#author?.kind === 'agent' && conversation.state !== 'agent') this.#author = null
    if (
      this.#author &&
      latest &&
      latest.author.kind === this.#author.kind &&
      Date.parse(latest.at) > this.#until - LASTS
    )
      this.#author = null
    if (this.#author && Date.now() < this.#until) return `${this.#author.name ?? this.#assistant} is writing`
    const botAnswers = conversation.state === 'bot' || conversation.botWhileWaiting
    if (sending || !botAnswers || latest?.author.kind !== 'customer' || latest !== conversation.items.at(-1))
      return null
    const left = Date.parse(latest.at) + BOT_THINKS_UP_TO - Date.now()
    if (left <= 0) return null
    this.#wakeIn(left)
    return `${this.#assistant} is writing`
  }

  /** @param {number} milliseconds */
  #wakeIn(milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#changed, milliseconds + 50)
  }
}
