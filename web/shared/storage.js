/**
 * localStorage under one prefix; where the browser refuses it, memory, so that everything but a reload
 * works.
 */
export class Storage {
  /** @type {Map<string, string>} */
  #memory = new Map()
  #prefix

  /** @param {string} prefix */
  constructor(prefix) {
    this.#prefix = prefix
  }

  /** @param {string} key */
  get(key) {
    try {
      return localStorage.getItem(this.#prefix + key)
    } catch {
      return this.#memory.get(key) ?? null
    }
  }

  /**
   * @param {string} key
   * @param {string | null} value null removes
   */
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(this.#prefix + key)
      else localStorage.setItem(this.#prefix + key, value)
    } catch {
      if (value === null) this.#memory.delete(key)
      else this.#memory.set(key, value)
    }
  }

  /**
   * @param {string} start
   * @returns {string[]} the keys that begin so
   */
  keys(start) {
    try {
      const full = this.#prefix + start
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(full))
        .map((key) => key.slice(this.#prefix.length))
    } catch {
      return [...this.#memory.keys()].filter((key) => key.startsWith(start))
    }
  }

  /** @param {string} [start] */
  wipe(start = '') {
    for (const key of this.keys(start)) this.set(key, null)
  }

  /**
   * Calls `changed` when another tab writes here.
   * @param {(key: string, value: string | null) => void} changed
   */
  listen(changed) {
    addEventListener('storage', (event) => {
      if (event.key?.startsWith(this.#prefix)) changed(event.key.slice(this.#prefix.length), event.newValue)
    })
  }
}
