import { wearAccent } from '../shared/accent.js'
import { call } from '../shared/api.js'
import { el } from '../shared/element.js'
import { icon } from '../shared/icons.js'
import { Storage } from '../shared/storage.js'

/** @typedef {import('./panel.js').Panel} Panel */

const SORRY_LASTS = 5000

/**
 * The round button, and the panel behind it, which is loaded when it is first needed.
 *
 * Attributes: `desk` (the desk's origin; ours by default), `side` (`left` or `right`), `colour` (`#rrggbb`,
 * instead of the desk's).
 */
export class RapportChatElement extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' })
  #badge = el('span', { class: 'badge', hidden: true })
  #button = el(
    'button',
    {
      type: 'button',
      class: 'launcher',
      ariaExpanded: 'false',
      ariaLabel: 'Open chat',
      onclick: () => (this.#open ? this.close() : this.open()),
    },
    el('span', { class: 'face open-face' }, icon('bubble')),
    el('span', { class: 'face close-face' }, icon('down')),
    this.#badge,
  )
  #open = false
  /** @type {Promise<Panel> | null} */
  #panel = null
  /** @type {Promise<import('../shared/protocol.js').DeskConfig | null> | null} */
  #config = null
  #desk = ''

  connectedCallback() {
    if (this.#desk) return
    this.#desk = (this.getAttribute('desk') ?? new URL(import.meta.url).origin).replace(/\/$/, '')
    const styles = el('link', { rel: 'stylesheet', href: `${this.#desk}/widget/launcher.css` })
    styles.addEventListener('load', () => this.#root.append(this.#button))
    this.#root.append(styles)
    this.#config = this.#fetchConfig()
    if (this.#storage.get('token')) whenIdle(() => this.#load().catch(() => {}))
  }

  async open() {
    if (this.#open) return
    this.#open = true
    this.#button.classList.add('busy')
    try {
      const panel = await this.#load()
      if (this.#open) panel.open()
      this.#button.setAttribute('aria-expanded', String(this.#open))
      this.#button.setAttribute('aria-label', this.#open ? 'Close chat' : 'Open chat')
      this.toggleAttribute('opened', this.#open)
    } catch (error) {
      this.#open = false
      this.#apologise()
      console.error(error)
    } finally {
      this.#button.classList.remove('busy')
    }
  }

  async close() {
    if (!this.#open) return
    this.#open = false
    this.removeAttribute('opened')
    this.#button.setAttribute('aria-expanded', 'false')
    this.#labelClosed()
    const panel = await this.#panel
    panel?.close()
    this.#button.focus()
  }

  /** @param {import('./visitor.js').GetToken} getToken */
  async signIn(getToken) {
    const panel = await this.#load()
    await panel.signIn(getToken)
  }

  async signOut() {
    if (!this.#panel && !this.#storage.get('token')) return
    const panel = await this.#load()
    await panel.signOut()
  }

  get #storage() {
    return new Storage(`rapport:${this.#desk}:`)
  }

  async #fetchConfig() {
    try {
      const config = await call(`${this.#desk}/v1/visitor/config`)
      wearAccent(this, this.getAttribute('colour') ?? config.colour)
      return config
    } catch {
      return null
    } finally {
      this.setAttribute('ready', '')
    }
  }

  /** @returns {Promise<Panel>} */
  #load() {
    this.#panel ??= this.#build().catch((error) => {
      this.#panel = null
      throw error
    })
    return this.#panel
  }

  async #build() {
    const [{ Panel }, config] = await Promise.all([import('./panel.js'), this.#config])
    if (!config) {
      this.#config = this.#fetchConfig()
      if (!(await this.#config)) throw new Error('The desk cannot be reached')
    }
    const panel = new Panel(this.#desk, /** @type {any} */ (config ?? (await this.#config)), this.#storage, {
      close: () => this.close(),
      unread: (count) => this.#showUnread(count),
    })
    await panel.attach(this.#root, this.#button)
    return panel
  }

  #apologise() {
    const words = el(
      'p',
      { class: 'sorry', role: 'alert' },
      'The chat cannot be reached right now. Please try again.',
    )
    this.#button.before(words)
    setTimeout(() => words.remove(), SORRY_LASTS)
  }

  /** @param {number} count */
  #showUnread(count) {
    this.#badge.hidden = count === 0
    this.#badge.textContent = count > 9 ? '9+' : String(count)
    if (!this.#open) this.#labelClosed()
  }

  #labelClosed() {
    const unread = this.#badge.hidden ? '' : `, ${this.#badge.textContent} unread`
    this.#button.setAttribute('aria-label', `Open chat${unread}`)
  }
}

/** @param {() => void} work */
function whenIdle(work) {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 3000 })
  else setTimeout(work, 500)
}
