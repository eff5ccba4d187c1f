/** How far this browser's visitor has read each conversation, by `seq`. */
export class Seen {
  #storage

  /** @param {import('../shared/storage.js').Storage} storage */
  constructor(storage) {
    this.#storage = storage
  }

  /** @param {string} id */
  of(id) {
    return Number(this.#storage.get(`seen:${id}`) ?? Infinity)
  }

  /**
   * What was there before this browser first met the conversation is not news.
   * @param {string} id
   * @param {number} seq
   */
  begin(id, seq) {
    if (this.#storage.get(`seen:${id}`) === null) this.mark(id, seq)
  }

  /** @param {string} id @param {number} seq @returns {boolean} whether that was further than before */
  mark(id, seq) {
    if (this.of(id) === seq) return false
    this.#storage.set(`seen:${id}`, String(seq))
    return true
  }
}
