import { asApiError } from '../shared/api.js'
import { el } from '../shared/element.js'
import { ConversationList } from './conversation_list.js'
import { ConversationView } from './conversation_view.js'
import { Conversations } from './conversations.js'
import { Visitor } from './visitor.js'

const STYLES = ['shared/theme.css', 'shared/messages.css', 'widget/panel.css']
const RECENT = 24 * 3600_000
const LOAD_AGAIN = 5000

/** What opens above the button: one conversation, or the list of all. */
export class Panel {
  #desk
  #storage
  #owner
  #visitor
  #conversations
  #view
  #list
  #element
  #opened = false
  #showsList = false
  /** @type {Promise<void> | null} */
  #loading = null

  /**
   * @param {string} desk
   * @param {import('../shared/protocol.js').DeskConfig} config
   * @param {import('../shared/storage.js').Storage} storage
   * @param {{close: () => void, unread: (count: number) => void}} owner
   */
  constructor(desk, config, storage, owner) {
    this.#desk = desk

    this.#storage = storage
    this.#owner = owner
    this.#visitor = new Visitor(desk, storage, () => this.#sessionLost())
    this.#conversations = new Conversations(this.#visitor, storage, {
      changed: (id) => this.#changed(id),
      connection: (state) => this.#view.connectionIs(state),
      typing: (id, author) => this.#view.someoneTypes(id, author),
      signInEnded: () => this.#view.signInEnded(() => this.signOut()),
    })
    this.#view = new ConversationView(config, this.#conversations, {
      close: owner.close,
      list: () => this.#showList(),
      show: (id) => this.#show(id),
    })
    this.#list = new ConversationList(config, this.#conversations, {
      close: owner.close,
      show: (id) => this.#show(id),
    })
    this.#element = el(
      'section',
      {
        class: 'panel',
        role: 'dialog',
        ariaLabel: `Chat with ${config.shop}`,
        hidden: true,
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      },
      this.#view.element,
      this.#list.element,
    )
    this.#list.element.hidden = true
    storage.listen((key, value) => key === 'token' && this.#tokenChanged(value))
    document.addEventListener('visibilitychange', () => this.#markSeen())
    this.#loading = this.#load()
  }

  /**
   * Puts the panel before the button once its styles are there, so that nothing is seen unstyled.
   * @param {ShadowRoot} root
   * @param {HTMLElement} button
   */
  async attach(root, button) {
    const loads = STYLES.map((path) => {
      const link = el('link', { rel: 'stylesheet', href: `${this.#desk}/${path}` })
      const loaded = new Promise((resolve) =>
        ['load', 'error'].forEach((end) => link.addEventListener(end, resolve)),
      )
      root.prepend(link)
      return loaded
    })
    await Promise.all(loads)
    if (button.parentNode === root) button.before(this.#element)
    else root.append(this.#element)
  }

  open() {
    this.#opened = true
    this.#element.hidden = false
    this.#render()
    this.#view.focus()
  }

  close() {
    this.#opened = false
    this.#element.hidden = true
  }

  /** @param {import('./visitor.js').GetToken} getToken */
  async signIn(getToken) {
    await this.#loading
    await this.#visitor.signIn(getToken)
    this.#view.signInRenewed()
    await this.#conversations.restart()
    this.#pickConversation()
  }

  async signOut() {
    await this.#visitor.signOut()
  }

  async #load() {
    try {
      await this.#conversations.load()
    } catch (error) {
      if (asApiError(error).code === 'sign_in_expired') this.#view.signInEnded(() => this.signOut())
      else setTimeout(() => (this.#loading = this.#load()), LOAD_AGAIN)
      return
    }
    this.#pickConversation()
  }

  /** Goes on where the visitor was, unless that is long ago or over. */
  #pickConversation() {
    if (this.#view.id) return
    const stored = this.#storage.get('current')
    const newest = this.#conversations.newestFirst[0]
    const candidate = this.#conversations.all.get(stored ?? '') ?? newest
    if (candidate && candidate.state !== 'resolved' && Date.now() - Date.parse(candidate.activeAt) < RECENT)
      this.#show(candidate.id)
    else this.#render()
  }

  /** @param {string | null} id null: a new one */
  #show(id) {
    this.#storage.set('current', id)
    if (id) this.#conversations.follow(id)
    this.#view.show(id)
    this.#showsList = false
    this.#render()
    if (this.#opened) this.#view.focus()
  }

  #showList() {
    this.#showsList = true
    this.#render()
    this.#list.focus()
  }

  /** @param {string | null} id */
  #changed(id) {
    if (id === null || id === this.#view?.id || this.#showsList) this.#render()
    this.#markSeen()
    this.#owner.unread(this.#conversations.unreadTotal)
  }

  #render() {
    this.#view.element.hidden = this.#showsList
    this.#list.element.hidden = !this.#showsList
    if (this.#showsList) this.#list.render()
    else this.#view.render()
    this.#markSeen()
  }

  #markSeen() {
    const id = this.#view?.id
    if (
      !id ||
      !this.#opened ||
      this.#showsList ||
      document.visibilityState !== 'visible' ||
      !this.#view.atEnd
    )
      return
    this.#conversations.markSeen(id)
  }

  #sessionLost() {
    this.#conversations?.reset()
    this.#view?.show(null)
    this.#view?.signInRenewed()
    this.#showsList = false
    this.#render()
    this.#owner.unread(0)
  }

  /** Another tab signed out, in, or began the session. @param {string | null} token */
  #tokenChanged(token) {
    if (token === null) this.#sessionLost()
    else this.#conversations.restart().catch(() => {})
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') {
      event.stopPropagation()
      if (!this.#view.closeMenu()) this.#owner.close()
    }
    if (event.key === 'Tab' && matchMedia('(max-width: 480px), (max-height: 480px)').matches)
      this.#keepFocus(event)
  }

  /**
   * Full screen, the panel covers the page: focus must not wander beneath it.
   * @param {KeyboardEvent} event
   */
  #keepFocus(event) {
    const stops = [...this.#element.querySelectorAll('button, textarea, a[href], [tabindex="0"]')].filter(
      (stop) => stop.checkVisibility(),
    )
    const here = /** @type {ShadowRoot} */ (this.#element.getRootNode()).activeElement
    const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
    if (here !== edge) return
    event.preventDefault()
    if (other instanceof HTMLElement) other.focus()
  }
}
