import { el, fill } from '../shared/element.js'
import { shortWhen } from '../shared/format.js'
import { icon } from '../shared/icons.js'

/** @type {Record<string, string>} */
const STATES = { waiting: 'Waiting for a person', resolved: 'Closed' }

/** All conversations of the visitor, newest first. */
export class ConversationList {
  #conversations
  #config
  #show
  #rows = el('ul', { class: 'conversations' })
  #title = el('h2', { class: 'who', tabindex: '-1' }, 'Your conversations')
  element

  /**
   * @param {import('../shared/protocol.js').DeskConfig} config
   * @param {import('./conversations.js').Conversations} conversations
   * @param {{close: () => void, show: (id: string | null) => void}} actions
   */
  constructor(config, conversations, { close, show }) {
    this.#config = config
    this.#conversations = conversations
    this.#show = show
    this.element = el(
      'div',
      { class: 'view list-view' },
      el(
        'div',
        { class: 'header' },
        el('div', { class: 'names' }, this.#title, el('p', { class: 'status' }, config.shop)),
        el(
          'button',
          { type: 'button', class: 'round', ariaLabel: 'Close chat', onclick: close },
          icon('close'),
        ),
      ),
      el('div', { class: 'list-body' }, this.#rows),
      el(
        'div',
        { class: 'list-foot' },
        el(
          'button',
          { type: 'button', class: 'primary', onclick: () => show(null) },
          icon('plus'),
          'New conversation',
        ),
      ),
    )
  }

  focus() {
    this.#title.focus()
  }

  render() {
    const all = this.#conversations.newestFirst
    if (all.length === 0) {
      fill(
        this.#rows,
        el('li', { class: 'empty' }, 'Nothing here yet. Your conversations will be kept in this list.'),
      )
      return
    }
    fill(
      this.#rows,
      all.map((conversation) => this.#row(conversation)),
    )
  }

  /** @param {import('../shared/conversation.js').Conversation} conversation */
  #row(conversation) {
    const unread = this.#conversations.unread(conversation.id)
    const latest = conversation.latest
    const who =
      latest?.author.kind === 'customer' ? 'You: ' : latest?.author.name ? `${latest.author.name}: ` : ''
    const state =
      conversation.state === 'agent'
        ? `With ${conversation.agent ?? 'a person'}`
        : (STATES[conversation.state] ?? '')
    return el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: unread ? 'conversation unread' : 'conversation',
          onclick: () => this.#show(conversation.id),
        },
        el(
          'span',
          { class: 'portrait', ariaHidden: 'true' },
          conversation.state === 'agent' ? (conversation.agent ?? '?').slice(0, 1) : icon('leaf'),
        ),
        el(
          'span',
          { class: 'summary' },
          el('span', { class: 'title' }, conversation.title || `With ${this.#config.assistant}`),
          el('span', { class: 'preview' }, latest ? who + latest.text : ''),
          state && el('span', { class: `state ${conversation.state}` }, state),
        ),
        el(
          'span',
          { class: 'aside' },
          conversation.activeAt &&
            el('time', { datetime: conversation.activeAt }, shortWhen(conversation.activeAt)),
          unread > 0 && el('span', { class: 'badge', ariaLabel: `${unread} unread` }, unread),
        ),
      ),
    )
  }
}
