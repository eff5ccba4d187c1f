import { asApiError } from './api.js'
import { Backoff } from './backoff.js'
import { DeskSocket } from './desk_socket.js'
import { Polling } from './polling.js'

/** @typedef {import('./connection_types.js').ConnectionState} ConnectionState */

const FAILURES_BEFORE_POLLING = 3
const SESSION_OVER = 4401

/** A WebSocket that comes back by itself and goes on where it stopped; plain HTTP while it cannot. */
export class Connection {
  #line
  #listener
  #backoff = new Backoff()
  #polling = new Polling(
    () => this.#pollRound(),
    (error) => this.#polled(error),
  )
  /** @type {DeskSocket | null} */
  #socket = null
  /** @type {ConnectionState} */
  #state = 'idle'
  /** @type {Map<string, () => number>} */
  #cursors = new Map()
  /** @type {number | undefined} */
  #timer
  #watchesInbox = false
  // Counts starts and stops, so that what was begun before a stop ends without effect
  #life = 0

  /**
   * @param {import('./connection_types.js').Line} line
   * @param {import('./connection_types.js').Listener} listener
   */
  constructor(line, listener) {
    this.#line = line
    this.#listener = listener
    addEventListener('online', () => this.#wake())
    document.addEventListener(
      'visibilitychange',
      () => document.visibilityState === 'visible' && this.#wake(),
    )
  }

  get usable() {
    return this.#state === 'live' || this.#state === 'polling'
  }

  start() {
    if (this.#state !== 'idle') return
    this.#backoff.reset()
    this.#open()
  }

  stop() {
    this.#life += 1
    clearTimeout(this.#timer)
    this.#polling.stop()
    this.#socket?.abandon()
    this.#socket = null
    this.#become('idle')
  }

  /**
   * @param {string} conversation
   * @param {() => number} cursor the last `seq` this reader has
   */
  subscribe(conversation, cursor) {
    this.#cursors.set(conversation, cursor)
    this.#socket?.send({ type: 'subscribe', conversation_id: conversation, after: cursor() })
    this.#polling.soon()
  }

  /** Reads again from the cursor, after a gap. @param {string} conversation */
  resume(conversation) {
    const cursor = this.#cursors.get(conversation)
    if (!cursor) return
    this.#socket?.send({ type: 'unsubscribe', conversation_id: conversation })
    this.subscribe(conversation, cursor)
  }

  /** @param {string} conversation */
  unsubscribe(conversation) {
    if (this.#cursors.delete(conversation))
      this.#socket?.send({ type: 'unsubscribe', conversation_id: conversation })
  }

  watchInbox() {
    this.#watchesInbox = true
    this.#socket?.send({ type: 'watch_inbox' })
  }

  /** @param {string} conversation */
  typing(conversation) {
    this.#socket?.send({ type: 'typing', conversation_id: conversation })
  }

  /**
   * @param {import('./connection_types.js').Outgoing} outgoing
   * @returns {Promise<number>} the `seq` under which it is stored for good
   * @throws {import('./api.js').ApiError} `unreachable` if that is not known
   */
  async write(outgoing) {
    if (this.#state === 'live' && this.#socket) return this.#socket.write(outgoing)
    const { seq } = await this.#line.write(outgoing)
    this.#polling.soon()
    return seq
  }

  async #open() {
    clearTimeout(this.#timer)
    const life = this.#life
    if (this.#state === 'idle') this.#become('connecting')
    /** @type {object | null} */
    let hello = null
    try {
      hello = await this.#line.hello()
    } catch (thrown) {
      const error = asApiError(thrown)
      if (life !== this.#life) return
      if (error.passing) this.#retry()
      else this.#end(error.code)
      return
    }
    if (life !== this.#life) return
    this.#socket?.abandon()
    this.#socket = new DeskSocket(
      this.#line.socketUrl,
      hello,
      (frame) => this.#receive(frame),
      (code, refusal) => this.#gone(code, refusal),
    )
  }

  /** @param {any} frame */
  #receive(frame) {
    const conversation = frame.conversation_id
    if (frame.type === 'welcome') this.#welcome()
    else if (frame.type === 'events') this.#listener.events(conversation, frame.events)
    else if (frame.type === 'caught_up') this.#listener.caughtUp(conversation)
    else if (frame.type === 'typing') this.#listener.typing(conversation, frame.author)
    else if (frame.type === 'inbox') this.#listener.inbox?.(frame.rows, frame.complete)
  }

  #welcome() {
    this.#backoff.reset()
    this.#polling.stop()
    if (this.#watchesInbox) this.#socket?.send({ type: 'watch_inbox' })
    for (const [id, cursor] of this.#cursors)
      this.#socket?.send({ type: 'subscribe', conversation_id: id, after: cursor() })
    this.#become('live')
  }

  /** @param {number} code @param {string} refusal */
  #gone(code, refusal) {
    this.#socket = null
    if (code === SESSION_OVER) return this.#end(refusal || 'token_invalid')
    if (this.#state === 'live') this.#become('lost')
    return this.#retry()
  }

  /** @param {string} code */
  #end(code) {
    this.stop()
    this.#listener.ended(code)
  }

  #retry() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#open(), this.#backoff.next())
    if (this.#backoff.failures >= FAILURES_BEFORE_POLLING) this.#polling.start()
  }

  #wake() {
    if (this.#socket) this.#socket.doubt()
    else if (this.#state !== 'idle') {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#open(), Math.random() * 500)
    }
  }

  async #pollRound() {
    let news = false
    if (this.#watchesInbox && this.#line.readInbox) this.#listener.inbox?.(await this.#line.readInbox(), true)
    for (const [id, cursor] of this.#cursors) {
      for (let more = true; more;) {
        const page = await this.#line.read(id, cursor())
        if (!this.#polling.running) return news
        news ||= page.events.length > 0
        more = page.more && page.events.length > 0
        this.#listener.events(id, page.events)
      }
      this.#listener.caughtUp(id)
    }
    return news
  }

  /** @param {import('./api.js').ApiError | null} error */
  #polled(error) {
    if (error?.status === 401) this.#end(error.code)
    else this.#become(error ? 'lost' : 'polling')
  }

  /** @param {ConnectionState} state */
  #become(state) {
    if (this.#state === state) return
    this.#state = state
    this.#listener.state(state)
  }
}
