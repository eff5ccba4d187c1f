import { ApiError, asApiError, call } from '../shared/api.js'

/** @typedef {() => Promise<string>} GetToken answers with a fresh JWT signed by the shop */

const SESSION_LOST = new Set(['token_invalid', 'not_authenticated'])

/** Who this browser is to the desk: an opaque token, signed in by the shop's JWT when the page gives one. */
export class Visitor {
  /** @type {GetToken | null} */
  #getToken = null
  /** @type {Promise<string> | null} */
  #beginning = null
  /** @type {Promise<void> | null} */
  #renewing = null
  #storage
  #url
  #lost
  /** @type {string | null} */
  name = null
  level = 'visitor'

  /**
   * @param {string} desk the desk's origin
   * @param {import('../shared/storage.js').Storage} storage
   * @param {() => void} lost the session is over: whatever belongs to it must go
   */
  constructor(desk, storage, lost) {
    this.#url = `${desk}/v1/visitor/`
    this.#storage = storage
    this.#lost = lost
  }

  get token() {
    return this.#storage.get('token')
  }

  /** @returns {Promise<string>} the token, of a new session if there was none */
  async ensureToken() {
    if (this.token) return this.token
    this.#beginning ??= this.#begin().finally(() => (this.#beginning = null))
    return this.#beginning
  }

  /**
   * A call in this visitor's name; an expired sign-in is renewed once.
   * @param {string} method
   * @param {string} path after /v1/visitor/
   * @param {unknown} [body]
   * @returns {Promise<any>}
   * @throws {ApiError}
   */
  async call(method, path, body) {
    try {
      return await this.#callOnce(method, path, body)
    } catch (thrown) {
      const error = asApiError(thrown)
      if (error.code === 'sign_in_expired' && this.#getToken) {
        await this.renew()
        return this.#callOnce(method, path, body)
      }
      if (SESSION_LOST.has(error.code)) this.forget()
      throw error
    }
  }

  /**
   * How this visitor reaches the desk.
   * @returns {import('../shared/connection_types.js').Line}
   */
  get line() {
    return {
      socketUrl: `${this.#url.replace(/^http/, 'ws')}socket`,
      hello: async () => ({ type: 'hello', token: await this.ensureToken() }),
      read: (id, after) => this.call('GET', `conversations/${id}/events?after=${after}&limit=500`),
      write: ({ id, conversation, text, payload }) =>
        this.call('PUT', `conversations/${conversation}/messages/${id}`, { text, payload }),
    }
  }

  /** @param {GetToken} getToken called now, and again whenever the sign-in has lapsed */
  async signIn(getToken) {
    this.#getToken = getToken
    await this.renew()
  }

  /** Signs in with a fresh JWT. @throws {ApiError} */
  async renew() {
    this.#renewing ??= this.#present().finally(() => (this.#renewing = null))
    return this.#renewing
  }

  /** Ends the session here and at the desk. */
  async signOut() {
    const token = this.token
    this.#getToken = null
    this.forget()
    if (!token) return
    try {
      await call(`${this.#url}session`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })
    } catch (error) {
      const { code, passing } = asApiError(error)
      if (passing) throw error
      if (code !== 'token_invalid' && code !== 'sign_in_expired') console.error(`sign-out: ${code}`)
    }
  }

  /** Drops the session from this browser, with all that was kept of it. */
  forget() {
    this.level = 'visitor'
    this.name = null
    this.#storage.wipe()
    this.#lost()
  }

  async #begin() {
    const begin = async () => {
      if (this.token) return this.token
      const { token } = await call(`${this.#url}sessions`, { method: 'POST', body: {} })
      this.#storage.set('token', token)
      return /** @type {string} */ (token)
    }
    // Two tabs that begin at once must end up with one session
    return navigator.locks ? navigator.locks.request('rapport-session', begin) : begin()
  }

  async #present() {
    const getToken = this.#getToken
    if (!getToken) throw new ApiError('sign_in_expired', 'Your sign-in has ended.', { status: 401 })
    for (let tries = 1; ; tries += 1) {
      const jwt = await getToken()
      try {
        const { level, name } = await this.#callOnce('POST', 'session/sign-in', { jwt })
        this.level = level
        this.name = name
        return
      } catch (thrown) {
        const error = asApiError(thrown)
        if (tries >= 3) throw error
        if (error.code === 'signed_in_as_another') {
          await this.signOut()
          this.#getToken = getToken
        } else if (SESSION_LOST.has(error.code)) this.forget()
        else if (error.code !== 'sign_in_invalid') throw error
      }
    }
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async #callOnce(method, path, body) {
    const token = await this.ensureToken()
    return call(this.#url + path, { method, body, headers: { Authorization: `Bearer ${token}` } })
  }
}
