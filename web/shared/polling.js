import { asApiError } from './api.js'

/** @typedef {import('./protocol.js').EventPage} EventPage */

const SHORTEST = 1500
const LONGEST = 8000

/** Reads over plain HTTP where no WebSocket gets through: same events, some seconds later. */
export class Polling {
  #round
  #reached
  /** @type {number | undefined} */
  #timer
  #pause = SHORTEST
  #running = false

  /**
   * @param {() => Promise<boolean>} round reads everything once; true if there was something new
   * @param {(error: import('./api.js').ApiError | null) => void} reached told after each round how it went
   */
  constructor(round, reached) {
    this.#round = round
    this.#reached = reached
  }

  get running() {
    return this.#running
  }

  start() {
    if (this.#running) return
    this.#running = true
    this.soon()
  }

  stop() {
    this.#running = false
    clearTimeout(this.#timer)
  }

  /** Reads now, and often for a while. */
  soon() {
    if (!this.#running) return
    clearTimeout(this.#timer)
    this.#pause = SHORTEST
    this.#timer = setTimeout(() => this.#poll(), 0)
  }

  async #poll() {
    let news = false
    try {
      news = await this.#round()
      if (this.#running) this.#reached(null)
    } catch (error) {
      if (this.#running) this.#reached(asApiError(error))
    }
    if (!this.#running) return
    this.#pause = news ? SHORTEST : Math.min(LONGEST, this.#pause * 1.3)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#poll(), this.#pause)
  }
}
