import { mintId } from '../shared/ids.js'
import { ask } from './ask.js'

/** @typedef {import('../shared/protocol.js').ConversationDocument} ConversationDocument */

/**
 * What an agent does with a conversation, each step asked back where it cannot be undone and refused in
 * plain words.
 */
export class Steps {
  #desk
  #assistant
  #toasts
  #told
  #lastNote = { id: mintId(), words: '' }

  /**
   * @param {import('./agent_desk.js').AgentDesk} desk
   * @param {string} assistant
   * @param {import('./toasts.js').Toasts} toasts
   * @param {{moved: (document: ConversationDocument) => void, refused: (id: string) => void}} told
   */
  constructor(desk, assistant, toasts, told) {
    this.#desk = desk
    this.#assistant = assistant
    this.#toasts = toasts
    this.#told = told
  }

  /** @param {string} id */
  takeOver(id) {
    return this.#move(id, 'take-over', {})
  }

  /** @param {string} id */
  handBack(id) {
    return this.#askAndMove(id, 'hand-back', 'Hand back', `${this.#assistant} goes on with the customer.`)
  }

  /** @param {string} id */
  resolve(id) {
    return this.#askAndMove(
      id,
      'resolve',
      'Resolve',
      'The conversation is closed. It opens again if the customer writes.',
    )
  }

  /**
   * @param {string} id
   * @param {string} text
   * @returns {Promise<boolean>} whether it was kept
   */
  async note(id, text) {
    // The same words again are the same note: a lost answer must not make two
    if (this.#lastNote.words !== id + text) this.#lastNote = { id: mintId(), words: id + text }
    const noteId = this.#lastNote.id
    const kept = await this.#toasts.attempt(() =>
      this.#desk.call('PUT', `conversations/${id}/notes/${noteId}`, { text }),
    )
    if (kept) this.#lastNote = { id: mintId(), words: '' }
    return kept
  }

  /** @param {string} id @param {string} messageId @param {string} text */
  edit(id, messageId, text) {
    return this.#toasts.attempt(() =>
      this.#desk.call('PATCH', `conversations/${id}/messages/${messageId}`, { text }),
    )
  }

  /** @param {string} id @param {string} messageId */
  async remove(id, messageId) {
    const words = 'The customer will see that a message was deleted.'
    const sure = await ask({ title: 'Delete this message?', words, yes: 'Delete', danger: true })
    if (sure)
      await this.#toasts.attempt(() => this.#desk.call('DELETE', `conversations/${id}/messages/${messageId}`))
  }

  /** @param {string} id @param {string} verb @param {string} title @param {string} words */
  async #askAndMove(id, verb, title, words) {
    const note = 'A note for colleagues (optional)'
    const answer = await ask({ title: `${title} this conversation?`, words, yes: title, note })
    if (answer) await this.#move(id, verb, answer.note ? { note: answer.note } : {})
  }

  /** @param {string} id @param {string} verb @param {{note?: string}} body */
  async #move(id, verb, body) {
    const moved = await this.#toasts.attempt(async () => {
      this.#told.moved(await this.#desk.call('POST', `conversations/${id}/${verb}`, body))
    })
    if (!moved) this.#told.refused(id)
  }
}
