/** Notices a connection that has gone silent; a cut cable closes no socket. */
export class Heartbeat {
  #ping
  #dead
  #interval = 15_000
  #heardAt = 0
  #askedAt = 0
  /** @type {number | undefined} */
  #timer

  /**
   * @param {() => void} ping asks the other side for a sign of life
   * @param {() => void} dead nothing was heard for twice the interval and ten seconds
   */
  constructor(ping, dead) {
    this.#ping = ping
    this.#dead = dead
  }

  /** @param {number} seconds the server's heartbeat */
  start(seconds) {
    this.stop()
    this.#interval = seconds * 1000
    this.heard()
    this.#timer = setInterval(() => this.#check(), Math.min(2000, this.#interval / 2))
  }

  stop() {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  heard() {
    this.#heardAt = Date.now()
    this.#askedAt = 0
  }

  /** After waking up or changing networks: an answer within five seconds, or it is dead. */
  doubt() {
    if (this.#askedAt || !this.#timer) return
    this.#askedAt = Date.now()
    this.#ping()
  }

  #check() {
    const silent = Date.now() - this.#heardAt
    if (silent > 2 * this.#interval + 10_000) this.#dead()
    else if (this.#askedAt && Date.now() - this.#askedAt > 5000) this.#dead()
    else if (!this.#askedAt && silent > this.#interval * 1.3) this.doubt()
  }
}
