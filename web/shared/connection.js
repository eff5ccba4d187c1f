import { ApiError, asApiError } from './api.js'
import { Backoff } from './backoff.js'
import { Heartbeat } from './heartbeat.js'
import { Polling } from './polling.js'

/** @typedef {import('./protocol.js').Event} Event */
/** @typedef {import('./protocol.js').Author} Author */
/** @typedef {import('./protocol.js').InboxRow} InboxRow */
/** @typedef {{id: string, conversation: string, text: string, payload?: string}} Outgoing */
/** @typedef {'idle' | 'connecting' | 'live' | 'polling' | 'lost'} ConnectionState */

/**
 * How this side reaches the desk.
 * @typedef {object} Line
 * @property {string} socketUrl
 * @property {() => Promise<object | null>} hello the first frame; null where a cookie speaks for us
 * @property {(conversation: string, after: number) => Promise<import('./protocol.js').EventPage>} read over HTTP
 * @property {(outgoing: Outgoing) => Promise<{seq: number}>} write over HTTP
 * @property {() => Promise<InboxRow[]>} [readInbox] over HTTP, agents only
 */

/**
 * @typedef {object} Listener
 * @property {(state: ConnectionState) => void} state
 * @property {(conversation: string, events: Event[]) => void} events
 * @property {(conversation: string) => void} caughtUp
 * @property {(conversation: string, author: Author) => void} typing
 * @property {(code: string) => void} ended the desk no longer knows us; nothing is tried until `start`
 * @property {(rows: InboxRow[], complete: boolean) => void} [inbox]
 */

const FAILURES_BEFORE_POLLING = 3
const ANSWER_WITHIN = 15_000

/** One WebSocket that comes back by itself and goes on where it stopped; plain HTTP while it cannot. */
export class Connection {
  #line
  #listener
  #backoff = new Backoff()
  #heartbeat = new Heartbeat(() => this.#send({ type: 'ping' }), () => this.#drop())
  #polling = new Polling(() => this.#pollRound(), (error) => this.#polled(error))
  /** @type {WebSocket | null} */
  #socket = null
  /** @type {ConnectionState} */
  #state = 'idle'
  /** @type {Map<string, () => number>} */
  #cursors = new Map()
  /** @type {Map<string, {resolve: (seq: number) => void, reject: (error: ApiError) => void, timer: ReturnType<typeof setTimeout>}>} */
  #unanswered = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #refusal = ''
  #watchesInbox = false

  /**
   * @param {Line} line
   * @param {Listener} listener
   */
  constructor(line, listener) {
    this.#line = line
    this.#listener = listener
    addEventListener('online', () => this.#wake())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#wake())
  }

  get state() {
    return this.#state
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
    clearTimeout(this.#timer)
    this.#polling.stop()
    this.#abandon()
    this.#become('idle')
  }

  /**
   * @param {string} conversation
   * @param {() => number} cursor the last `seq` this reader has
   */
  subscribe(conversation, cursor) {
    this.#cursors.set(conversation, cursor)
    this.#send({ type: 'subscribe', conversation_id: conversation, after: cursor() })
    this.#polling.soon()
  }

  /** Reads again from the cursor, after a gap. @param {string} conversation */
  resume(conversation) {
    const cursor = this.#cursors.get(conversation)
    if (!cursor) return
    this.#send({ type: 'unsubscribe', conversation_id: conversation })
    this.subscribe(conversation, cursor)
  }

  /** @param {string} conversation */
  unsubscribe(conversation) {
    if (this.#cursors.delete(conversation)) this.#send({ type: 'unsubscribe', conversation_id: conversation })
  }

  watchInbox() {
    this.#watchesInbox = true
    this.#send({ type: 'watch_inbox' })
  }

  /** @param {string} conversation */
  typing(conversation) {
    this.#send({ type: 'typing', conversation_id: conversation })
  }

  /**
   * @param {Outgoing} outgoing
   * @returns {Promise<number>} the `seq` under which it is stored for good
   * @throws {ApiError} `unreachable` if that is not known
   */
  async write(outgoing) {
    if (this.#state !== 'live') {
      const { seq } = await this.#line.write(outgoing)
      this.#polling.soon()
      return seq
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#answer(outgoing.id, new ApiError('unreachable', 'No answer.')), ANSWER_WITHIN)
      this.#unanswered.set(outgoing.id, { resolve, reject, timer })
      const { id, conversation, text, payload } = outgoing
      this.#send({ type: 'send', conversation_id: conversation, id, text, ...(payload !== undefined && { payload }) })
    })
  }

  async #open() {
    clearTimeout(this.#timer)
    if (this.#state !== 'polling' && this.#state !== 'lost') this.#become('connecting')
    this.#refusal = ''
    /** @type {object | null} */
    let hello
    try {
      hello = await this.#line.hello()
    } catch (error) {
      const refused = asApiError(error)
      if (refused.passing) this.#retry()
      else this.#end(refused.code)
      return
    }
    if (this.#state === 'idle') return
    const socket = new WebSocket(this.#line.socketUrl)
    this.#socket = socket
    socket.addEventListener('open', () => hello && this.#send(hello))
    socket.addEventListener('message', ({ data }) => this.#socket === socket && this.#receive(JSON.parse(data)))
    socket.addEventListener('close', ({ code }) => this.#socket === socket && this.#closed(code))
    this.#timer = setTimeout(() => this.#drop(), ANSWER_WITHIN)
  }

  /** @param {any} frame */
  #receive(frame) {
    this.#heartbeat.heard()
    const conversation = frame.conversation_id
    if (frame.type === 'welcome') this.#welcome(frame.heartbeat)
    else if (frame.type === 'ping') this.#send({ type: 'pong' })
    else if (frame.type === 'accepted') this.#answer(frame.id, frame.seq)
    else if (frame.type === 'events') this.#listener.events(conversation, frame.events)
    else if (frame.type === 'caught_up') this.#listener.caughtUp(conversation)
    else if (frame.type === 'typing') this.#listener.typing(conversation, frame.author)
    else if (frame.type === 'inbox') this.#listener.inbox?.(frame.rows, frame.complete)
    else if (frame.type === 'error') this.#refused(frame)
  }

  /** @param {number} heartbeat */
  #welcome(heartbeat) {
    clearTimeout(this.#timer)
    this.#backoff.reset()
    this.#polling.stop()
    this.#heartbeat.start(heartbeat)
    this.#become('live')
    if (this.#watchesInbox) this.#send({ type: 'watch_inbox' })
    for (const [id, cursor] of this.#cursors) this.#send({ type: 'subscribe', conversation_id: id, after: cursor() })
  }

  /** @param {{code: string, message: string, id?: string, retry_after?: number}} frame */
  #refused({ code, message, id, retry_after }) {
    if (id && this.#unanswered.has(id)) this.#answer(id, new ApiError(code, message, { status: 400, retryAfter: retry_after }))
    else this.#refusal = code
  }

  /** @param {string} id @param {number | ApiError} outcome */
  #answer(id, outcome) {
    const waiting = this.#unanswered.get(id)
    if (!waiting) return
    this.#unanswered.delete(id)
    clearTimeout(waiting.timer)
    if (typeof outcome === 'number') waiting.resolve(outcome)
    else waiting.reject(outcome)
  }

  /** @param {number} code */
  #closed(code) {
    const wasLive = this.#state === 'live'
    this.#abandon()
    if (code === 4401) this.#end(this.#refusal || 'token_invalid')
    else {
      if (wasLive) this.#become('lost')
      this.#retry()
    }
  }

  #drop() {
    const wasLive = this.#state === 'live'
    this.#abandon()
    if (wasLive) this.#become('lost')
    this.#retry()
  }

  /** Lets go of the socket without waiting for its closing handshake, which a dead one never ends. */
  #abandon() {
    const socket = this.#socket
    this.#socket = null
    this.#heartbeat.stop()
    socket?.close()
    for (const id of [...this.#unanswered.keys()]) this.#answer(id, new ApiError('unreachable', 'The connection broke.'))
  }

  /** @param {string} code */
  #end(code) {
    this.stop()
    this.#listener.ended(code)
  }

  #retry() {
    if (this.#state === 'idle') return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#open(), this.#backoff.next())
    if (this.#backoff.failures >= FAILURES_BEFORE_POLLING) this.#polling.start()
  }

  #wake() {
    if (this.#state === 'live') this.#heartbeat.doubt()
    else if (this.#state !== 'idle' && !this.#socket) {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#open(), Math.random() * 500)
    }
  }

  async #pollRound() {
    let news = false
    if (this.#watchesInbox && this.#line.readInbox) this.#listener.inbox?.(await this.#line.readInbox(), true)
    for (const [id, cursor] of this.#cursors) {
      for (let more = true; more; ) {
        const page = await this.#line.read(id, cursor())
        news ||= page.events.length > 0
        more = page.more
        if (this.#polling.running) this.#listener.events(id, page.events)
        else return news
      }
      this.#listener.caughtUp(id)
    }
    return news
  }

  /** @param {ApiError | null} error */
  #polled(error) {
    if (error && !error.passing && error.status === 401) this.#end(error.code)
    else this.#become(error ? 'lost' : 'polling')
  }

  /** @param {object} frame */
  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  /** @param {ConnectionState} state */
  #become(state) {
    if (this.#state === state) return
    this.#state = state
    this.#listener.state(state)
  }
}
