import { ApiError } from './api.js'
import { Heartbeat } from './heartbeat.js'

/** @typedef {{resolve: (seq: number) => void, reject: (error: ApiError) => void, timer: number}} Waiting */

const ANSWER_WITHIN = 15_000

/** The life of one WebSocket: hello, heartbeat, and the messages sent over it until each is answered. */
export class DeskSocket {
  #socket
  #onFrame
  #onGone
  #over = false
  #refusal = ''
  #heartbeat = new Heartbeat(
    () => this.send({ type: 'ping' }),
    () => this.#end(0),
  )
  /** @type {Map<string, Waiting>} */
  #unanswered = new Map()
  #timer = setTimeout(() => this.#end(0), ANSWER_WITHIN)

  /**
   * @param {string} url
   * @param {object | null} hello
   * @param {(frame: any) => void} onFrame
   * @param {(code: number, refusal: string) => void} onGone the close code (0: gone without a word) and the
   *   last refusal's code
   */
  constructor(url, hello, onFrame, onGone) {
    this.#onFrame = onFrame
    this.#onGone = onGone
    this.#socket = new WebSocket(url)
    this.#socket.addEventListener('open', () => hello && this.send(hello))
    this.#socket.addEventListener('message', ({ data }) => !this.#over && this.#receive(JSON.parse(data)))
    this.#socket.addEventListener('close', ({ code }) => this.#end(code))
  }

  /** @param {object} frame */
  send(frame) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  /**
   * @param {import('./connection_types.js').Outgoing} outgoing
   * @returns {Promise<number>} its `seq`
   * @throws {ApiError} `unreachable` if no answer came
   */
  write({ id, conversation, text, payload }) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#answer(id, new ApiError('unreachable', 'No answer.')),
        ANSWER_WITHIN,
      )
      this.#unanswered.set(id, { resolve, reject, timer })
      this.send({ type: 'send', conversation_id: conversation, id, text, payload })
    })
  }

  /** Asks for a sign of life: after waking up, or a change of networks. */
  doubt() {
    this.#heartbeat.doubt()
  }

  /** Lets go, silently, without waiting for the closing handshake, which a dead socket never ends. */
  abandon() {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#timer)
    this.#heartbeat.stop()
    this.#socket.close()
    for (const id of [...this.#unanswered.keys()])
      this.#answer(id, new ApiError('unreachable', 'The connection broke.'))
  }

  /** @param {any} frame */
  #receive(frame) {
    this.#heartbeat.heard()
    if (frame.type === 'ping') this.send({ type: 'pong' })
    else if (frame.type === 'accepted') this.#answer(frame.id, frame.seq)
    else if (frame.type === 'error') this.#refused(frame)
    else {
      if (frame.type === 'welcome') {
        clearTimeout(this.#timer)
        this.#heartbeat.start(frame.heartbeat)
      }
      this.#onFrame(frame)
    }
  }

  /** @param {{code: string, message: string, id?: string, retry_after?: number}} frame */
  #refused({ code, message, id, retry_after: retryAfter }) {
    // 500 marks what may pass, as over HTTP
    const status = code === 'server_error' ? 500 : 400
    if (id && this.#unanswered.has(id)) this.#answer(id, new ApiError(code, message, { status, retryAfter }))
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
  #end(code) {
    if (this.#over) return
    this.abandon()
    this.#onGone(code, this.#refusal)
  }
}
