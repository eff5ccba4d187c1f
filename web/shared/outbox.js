import { asApiError } from './api.js'
import { mintId } from './ids.js'

/** @typedef {import('./shown.js').Entry} Entry */

const KEY = 'outbox:'
const ADOPT_AFTER = 10_000
const TRIES = 6

/**
 * Messages that the desk has not acknowledged yet, kept in the browser's storage: a reload, a crash or
 * another tab sends
 * them again under the same id, which the desk stores once. One is in flight per conversation, so that
 * order holds.
 */
export class Outbox {
  /** @type {Map<string, Entry>} */
  #entries = new Map()
  /** @type {Set<string>} */
  #ours = new Set()
  /** @type {Set<string>} */
  #inFlight = new Set()
  /** @type {Map<string, number>} */
  #tries = new Map()
  #storage
  #write
  #changed

  /**
   * @param {import('./storage.js').Storage} storage
   * @param {(entry: Entry) => Promise<unknown>} write resolves once the desk has stored the message
   * @param {(conversation: string) => void} changed
   */
  constructor(storage, write, changed) {
    this.#storage = storage
    this.#write = write
    this.#changed = changed
    for (const key of storage.keys(KEY)) this.#load(key, storage.get(key))
    for (const id of this.#entries.keys()) this.#ours.add(id)
    storage.listen((key, value) => key.startsWith(KEY) && this.#fromAnotherTab(key, value))
  }

  /**
   * @param {string} conversation
   * @returns {Entry[]} oldest first
   */
  of(conversation) {
    return [...this.#entries.values()].filter((entry) => entry.conversation === conversation)
  }

  /** @returns {string[]} conversations with something on its way */
  get conversations() {
    return [...new Set([...this.#entries.values()].map((entry) => entry.conversation))]
  }

  /**
   * @param {string} conversation
   * @param {string} text
   * @param {string} [payload] of a pressed button
   */
  add(conversation, text, payload) {
    /** @type {Entry} */
    const entry = {
      id: mintId(),
      conversation,
      text,
      at: new Date().toISOString(),
      state: 'sending',
      code: null,
    }
    if (payload !== undefined) entry.payload = payload
    this.#ours.add(entry.id)
    this.#keep(entry)
    this.flush()
    return entry
  }

  /** @param {string} id */
  retry(id) {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#ours.add(id)
    this.#tries.delete(id)
    this.#keep({ ...entry, state: 'sending', code: null })
    this.flush()
  }

  /** Its echo was read, or its author gave it up. @param {string} id */
  settle(id) {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#entries.delete(id)
    this.#storage.set(KEY + id, null)
    this.#changed(entry.conversation)
  }

  /** Forgets everything, here and in storage. */
  wipe() {
    this.#entries.clear()
    this.#storage.wipe(KEY)
  }

  /** Sends what waits, the first of each conversation. */
  flush() {
    for (const conversation of this.conversations) this.#next(conversation)
  }

  /** @param {string} conversation */
  async #next(conversation) {
    const entry = this.of(conversation).find((waiting) => waiting.state === 'sending')
    if (!entry || this.#inFlight.has(conversation) || !this.#ours.has(entry.id)) return
    this.#inFlight.add(conversation)
    let pause = 0
    try {
      await this.#write(entry)
      this.#sent(entry)
    } catch (thrown) {
      pause = this.#missed(entry, asApiError(thrown))
    } finally {
      this.#inFlight.delete(conversation)
    }
    if (pause) setTimeout(() => this.#next(conversation), pause)
    else this.#next(conversation)
  }

  /** @param {Entry} entry */
  #sent(entry) {
    if (!this.#entries.has(entry.id)) return
    this.#entries.set(entry.id, { ...entry, state: 'sent' })
    this.#storage.set(KEY + entry.id, null)
    this.#changed(entry.conversation)
  }

  /**
   * @param {Entry} entry
   * @param {import('./api.js').ApiError} error
   * @returns {number} milliseconds until the next try; 0 if there is none
   */
  #missed(entry, error) {
    if (!this.#entries.has(entry.id)) return 0
    const tries = (this.#tries.get(entry.id) ?? 0) + 1
    this.#tries.set(entry.id, tries)
    if (error.retryAfter !== null) return Math.max(0.5, error.retryAfter) * 1000
    if (error.passing && (error.code === 'unreachable' || tries < TRIES))
      return Math.min(30_000, 500 * 2 ** tries)
    this.#keep({ ...entry, state: 'failed', code: error.code })
    return 0
  }

  /** @param {Entry} entry */
  #keep(entry) {
    this.#entries.set(entry.id, entry)
    this.#storage.set(KEY + entry.id, JSON.stringify(entry))
    this.#changed(entry.conversation)
  }

  /** @param {string} key @param {string | null} value */
  #load(key, value) {
    try {
      const entry = JSON.parse(value ?? '')
      if (typeof entry.id === 'string' && typeof entry.conversation === 'string')
        this.#entries.set(entry.id, entry)
      this.#entries = new Map([...this.#entries].sort(([, a], [, b]) => a.at.localeCompare(b.at)))
    } catch {
      this.#storage.set(key, null)
    }
  }

  /** @param {string} key @param {string | null} value */
  #fromAnotherTab(key, value) {
    const id = key.slice(KEY.length)
    const before = this.#entries.get(id)
    if (value === null) this.#entries.delete(id)
    else this.#load(key, value)
    const conversation = this.#entries.get(id)?.conversation ?? before?.conversation
    if (conversation) this.#changed(conversation)
    // The tab that took it may have been closed since; sending it twice does no harm
    if (value !== null && !this.#ours.has(id))
      setTimeout(() => (this.#ours.add(id), this.flush()), ADOPT_AFTER)
  }
}
