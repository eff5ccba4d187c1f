import { asApiError } from '../shared/api.js'
import { Connection } from '../shared/connection.js'
import { Conversation } from '../shared/conversation.js'
import { mintId } from '../shared/ids.js'
import { Outbox } from '../shared/outbox.js'
import { Seen } from './seen.js'

/** @typedef {import('../shared/protocol.js').ConversationDocument} ConversationDocument */

const READ_AHEAD = 10

/** The visitor's conversations, kept up to date, and everything the visitor can do in them. */
export class Conversations {
  /** @type {Map<string, Conversation>} */
  all = new Map()
  /** @type {Set<string>} */
  #known = new Set()
  #visitor
  #seen
  #watcher
  #outbox
  #connection

  /**
   * @param {import('./visitor.js').Visitor} visitor
   * @param {import('../shared/storage.js').Storage} storage
   * @param {import('./watcher.js').Watcher} watcher
   */
  constructor(visitor, storage, watcher) {
    this.#visitor = visitor
    this.#seen = new Seen(storage)
    this.#watcher = watcher
    this.#outbox = new Outbox(
      storage,
      (entry) => this.#write(entry),
      (id) => this.#outboxChanged(id),
    )
    this.#connection = new Connection(visitor.line, {
      state: (state) => this.#connectionIs(state),
      events: (id, events) => this.#read(id, events),
      caughtUp: (id) => this.#caughtUp(id),
      typing: (id, author) => watcher.typing(id, author),
      ended: (code) => this.#ended(code),
    })
  }

  get visitorName() {
    return this.#visitor.name
  }

  /** Newest activity first. */
  get newestFirst() {
    return [...this.all.values()].sort((a, b) => b.activeAt.localeCompare(a.activeAt))
  }

  /** Reads the list, and stays connected. Does nothing for a browser that has no session yet. */
  async load() {
    if (!this.#visitor.token) return
    const { conversations } = await this.#visitor.call('GET', 'conversations')
    for (const document of conversations) this.#adopt(document)
    for (const { id } of this.newestFirst.slice(0, READ_AHEAD)) this.follow(id)
    for (const id of this.#outbox.conversations) this.#make(id)
    this.#connection.start()
    this.#outbox.flush()
    this.#watcher.changed(null)
  }

  /** Reads a conversation and stays on it. @param {string} id */
  follow(id) {
    const conversation = this.#make(id)
    if (!this.#known.has(id)) return conversation
    this.#connection.subscribe(id, () => conversation.lastSeq)
    return conversation
  }

  /** @param {string} id */
  pending(id) {
    const conversation = this.all.get(id)
    return this.#outbox.of(id).filter((entry) => !conversation?.messages.has(entry.id))
  }

  /** How many messages by others were not seen yet. @param {string} id */
  unread(id) {
    return this.all.get(id)?.unreadAfter(this.#seen.of(id), 'customer') ?? 0
  }

  get unreadTotal() {
    return [...this.all.keys()].reduce((sum, id) => sum + this.unread(id), 0)
  }

  /** @param {string} id */
  markSeen(id) {
    const conversation = this.all.get(id)
    if (conversation && this.#seen.mark(id, conversation.lastSeq)) this.#watcher.changed(null)
  }

  /**
   * @param {string | null} id null starts a conversation
   * @param {string} text
   * @param {string} [payload]
   * @returns {string} the conversation's id
   */
  send(id, text, payload) {
    const conversation = this.#make(id ?? mintId())
    if (!conversation.title) conversation.title = text.slice(0, 80)
    conversation.activeAt = new Date().toISOString()
    this.#outbox.add(conversation.id, text, payload)
    return conversation.id
  }

  /** @param {string} messageId */
  retry(messageId) {
    this.#outbox.retry(messageId)
  }

  /** @param {string} messageId */
  giveUp(messageId) {
    this.#outbox.settle(messageId)
  }

  /** @param {string} id */
  typing(id) {
    this.#connection.typing(id)
  }

  /**
   * Changes how a conversation goes on, in a new one if there is none.
   * @param {string | null} id
   * @param {string} method
   * @param {'person' | 'bot-while-waiting'} what
   * @param {object} [body]
   * @returns {Promise<string>} the conversation's id
   */
  async change(id, method, what, body) {
    const conversation = this.#make(id ?? mintId())
    await this.#open(conversation.id)
    this.#adopt(await this.#visitor.call(method, `conversations/${conversation.id}/${what}`, body))
    return conversation.id
  }

  /** Forgets all of it: the session ended. */
  reset() {
    this.#connection.stop()
    for (const id of this.all.keys()) this.#connection.unsubscribe(id)
    this.all.clear()
    this.#known.clear()
    this.#outbox.wipe()
    this.#watcher.changed(null)
  }

  /** Connects anew, as whoever the visitor is now. */
  async restart() {
    this.#connection.stop()
    await this.load()
  }

  /** @param {string} id */
  #make(id) {
    let conversation = this.all.get(id)
    if (!conversation) {
      conversation = new Conversation(id)
      this.all.set(id, conversation)
    }
    return conversation
  }

  /** @param {ConversationDocument} document */
  #adopt(document) {
    const isNew = !this.#known.has(document.id)
    this.#known.add(document.id)
    this.#make(document.id).adopt(document)
    if (isNew) this.#seen.begin(document.id, document.last_seq)
    this.#watcher.changed(document.id)
  }

  /** Makes sure the desk has it. @param {string} id */
  async #open(id) {
    if (this.#known.has(id)) return
    this.#adopt(await this.#visitor.call('PUT', `conversations/${id}`, {}))
    this.follow(id)
    this.#connection.start()
  }

  /** @param {import('../shared/shown.js').Entry} entry */
  async #write(entry) {
    await this.#open(entry.conversation)
    await this.#connection.write(entry)
    if (entry.payload?.startsWith('rapport:')) this.#refresh(entry.conversation)
  }

  /** @param {string} id */
  async #refresh(id) {
    try {
      this.#adopt(await this.#visitor.call('GET', `conversations/${id}`))
      this.follow(id)
    } catch (error) {
      console.error(asApiError(error).code)
    }
  }

  /** @param {string} id @param {import('../shared/protocol.js').Event[]} events */
  #read(id, events) {
    const conversation = this.all.get(id)
    if (!conversation) return
    if (!conversation.apply(events)) this.#connection.resume(id)
    for (const event of events) {
      if (event.type === 'message') this.#outbox.settle(event.message.id)
      else if (event.type === 'linked' && !this.#known.has(event.conversation_id))
        this.#refresh(event.conversation_id)
    }
    this.#watcher.changed(id)
  }

  /** @param {string} id */
  #caughtUp(id) {
    const conversation = this.all.get(id)
    if (!conversation || conversation.caughtUp) return
    conversation.caughtUp = true
    this.#watcher.changed(id)
  }

  /** @param {string} id */
  #outboxChanged(id) {
    this.#make(id)
    this.#watcher.changed(id)
  }

  /** @param {import('../shared/connection_types.js').ConnectionState} state */
  #connectionIs(state) {
    if (state === 'live' || state === 'polling') this.#outbox.flush()
    this.#watcher.connection(state)
  }

  /** @param {string} code */
  async #ended(code) {
    if (code !== 'sign_in_expired') return this.#visitor.forget()
    try {
      await this.#visitor.renew()
      this.#connection.start()
    } catch (error) {
      if (asApiError(error).passing) setTimeout(() => this.#ended(code), 5000)
      else this.#watcher.signInEnded()
    }
  }
}
