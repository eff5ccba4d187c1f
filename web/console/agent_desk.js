import { asApiError, call } from '../shared/api.js'

/** @typedef {{id: string, name: string, email: string}} Agent */

/** The desk's calls for agents; the browser's cookie says who calls, the CSRF token that it was this page. */
export class AgentDesk {
  #csrf = ''
  /** @type {Agent} */
  agent = { id: '', name: '', email: '' }
  /** Called when the desk no longer knows the agent. */
  onSignedOut = () => {}

  /**
   * @param {string} method
   * @param {string} path after /v1/agent/
   * @param {unknown} [body]
   * @returns {Promise<any>}
   * @throws {import('../shared/api.js').ApiError}
   */
  async call(method, path, body) {
    try {
      return await call(`/v1/agent/${path}`, {
        method,
        body,
        credentials: 'same-origin',
        headers: method === 'GET' ? {} : { 'X-CSRF-Token': this.#csrf },
      })
    } catch (error) {
      if (asApiError(error).code === 'not_authenticated' && this.agent.id) this.onSignedOut()
      throw error
    }
  }

  /** @param {string} email @param {string} password */
  async signIn(email, password) {
    this.#take(await this.call('POST', 'session', { email, password }))
  }

  /** Goes on with the session that this browser has. */
  async resume() {
    this.#take(await this.call('GET', 'session'))
  }

  async signOut() {
    await this.call('DELETE', 'session')
  }

  /** @param {{agent: Agent, csrf: string}} answer */
  #take({ agent, csrf }) {
    this.agent = agent
    this.#csrf = csrf
  }
}
