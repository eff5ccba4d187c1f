/**
 * Growing, jittered pauses: half to all of 1, 2, 4 … 30 seconds. The jitter keeps many clients from
 * returning at once.
 */
export class Backoff {
  #failures = 0

  get failures() {
    return this.#failures
  }

  reset() {
    this.#failures = 0
  }

  /** Counts a failure. @returns {number} milliseconds to wait */
  next() {
    const ceiling = Math.min(30_000, 1000 * 2 ** this.#failures)
    this.#failures += 1
    return ceiling / 2 + Math.random() * (ceiling / 2)
  }
}
