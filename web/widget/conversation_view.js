import { asApiError } from '../shared/api.js'
import { Composer } from '../shared/composer.js'
import { Conversation } from '../shared/conversation.js'
import { el, fill } from '../shared/element.js'
import { MessageList } from '../shared/message_list.js'
import { Header } from './header.js'
import { opening } from './opening.js'
import { QueueBar } from './queue_bar.js'
import { forCustomer } from './transitions.js'
import { TypingSigns } from './typing_signs.js'

/** @typedef {import('../shared/connection_types.js').ConnectionState} ConnectionState */

const NOTICE_AFTER = 1200
const PROBLEM_LASTS = 6000

/** One conversation: who it is with, what was said, where one writes. */
export class ConversationView {
  /** @type {string | null} */
  id = null
  #config
  #conversations
  #show
  #header
  #queue
  #typing
  #messages
  #composer
  #banner = el('div', { class: 'banner', role: 'status', hidden: true })
  #problem = el('div', { class: 'problem', role: 'alert', hidden: true })
  #fresh = new Conversation('')
  /** @type {HTMLElement[] | null} */
  #opening = null
  #openingFor = ''
  /** @type {number | undefined} */
  #bannerTimer
  /** @type {number | undefined} */
  #problemTimer
  element

  /**
   * @param {import('../shared/protocol.js').DeskConfig} config
   * @param {import('./conversations.js').Conversations} conversations
   * @param {{close: () => void, list: () => void, show: (id: string | null) => void}} actions
   */
  constructor(config, conversations, { close, list, show }) {
    this.#config = config
    this.#conversations = conversations
    this.#show = show
    this.#fresh.caughtUp = true
    this.#header = new Header({ list, close })
    this.#queue = new QueueBar(config.assistant, {
      leave: () => this.#change('DELETE', 'person'),
      meanwhile: () => this.#change('PUT', 'bot-while-waiting', { wanted: true }),
    })
    this.#typing = new TypingSigns(config.assistant, () => this.render())
    this.#messages = new MessageList({
      ownKind: 'customer',
      describe: (transition) => forCustomer(transition, config.assistant),
      nameOf: ({ kind, name }) =>
        kind === 'bot' || kind === 'system'
          ? `${name ?? config.assistant} · Digital assistant`
          : (name ?? config.shop),
      press: ({ title, payload }) => this.#say(title, payload),
      shownElsewhere: ['rapport:bot_while_waiting', 'rapport:no_person'], // the bar above the messages has them
      retry: (id) => (conversations.retry(id), this.focus()),
      giveUp: (id) => (conversations.giveUp(id), this.focus()),
      openLinked: (id) => show(id),
    })
    this.#composer = new Composer({
      limit: config.max_text,
      placeholder: 'Write a message',
      send: (text) => this.#say(text),
      typed: () => this.id && conversations.typing(this.id),
    })
    this.element = el(
      'div',
      { class: 'view', tabindex: '-1' },
      this.#header.element,
      this.#queue.element,
      this.#banner,
      this.#messages.element,
      this.#problem,
      this.#composer.element,
    )
  }

  get atEnd() {
    return this.#messages.atEnd
  }

  focus() {
    // On a touch screen the keyboard would cover half of what is to be read
    if (matchMedia('(pointer: coarse)').matches) this.element.focus({ preventScroll: true })
    else this.#composer.focus()
  }

  /** @returns {boolean} whether it was open */
  closeMenu() {
    return this.#header.closeMenu()
  }

  /** @param {string | null} id null: a conversation that begins with what is said next */
  show(id) {
    this.id = id
    this.#problem.hidden = true
    this.render()
  }

  render() {
    const conversation = this.#conversations.all.get(this.id ?? '') ?? this.#fresh
    const pending = this.id ? this.#conversations.pending(this.id) : []
    const { state, agent, leftMessage } = conversation
    const withPerson = state === 'agent'
    this.#header.render({
      name: withPerson ? (agent ?? 'A person') : this.#config.assistant,
      status: withPerson
        ? 'A person, from our team'
        : state === 'waiting'
          ? leftMessage
            ? 'A message for our team'
            : 'Finding you a person…'
          : 'Digital assistant',
      person: withPerson,
      choices: this.#choices(conversation),
      elsewhereUnread: [...this.#conversations.all.keys()].some(
        (id) => id !== this.id && this.#conversations.unread(id) > 0,
      ),
    })
    this.#queue.render(conversation)
    this.#messages.show(conversation, pending, {
      typing: this.#typing.words(conversation, pending.length > 0),
      before: leftMessage
        ? []
        : this.#begin(conversation.items.length + pending.length === 0 && conversation.caughtUp),
    })
    this.#composer.prompt(
      withPerson ? `Write to ${agent ?? 'us'}` : state === 'resolved' ? 'Write to go on' : 'Write a message',
    )
  }

  /** @param {ConnectionState} state */
  connectionIs(state) {
    clearTimeout(this.#bannerTimer)
    if (state !== 'lost') this.#notice(null)
    else
      this.#bannerTimer = setTimeout(
        () => this.#notice(['Reconnecting… What you write is kept and sent.']),
        NOTICE_AFTER,
      )
  }

  /** @param {() => void} startAfresh */
  signInEnded(startAfresh) {
    this.#notice([
      'Your sign-in has ended. Sign in to the shop to go on, or ',
      el('button', { type: 'button', class: 'textlike', onclick: startAfresh }, 'start afresh'),
      '.',
    ])
  }

  signInRenewed() {
    this.#notice(null)
    this.#openingFor = ''
  }

  /** @param {string} id @param {import('../shared/protocol.js').Author} author */
  someoneTypes(id, author) {
    if (id === this.id) this.#typing.sign(author)
  }

  /** @param {boolean} fresh */
  #begin(fresh) {
    const name = this.#conversations.visitorName
    const wanted = `${this.id} ${fresh} ${name}`
    if (!this.#opening || wanted !== this.#openingFor) {
      this.#openingFor = wanted
      this.#opening = opening(this.#config, { name, fresh, say: (text) => this.#say(text) })
    }
    return this.#opening
  }

  /** @param {import('../shared/conversation.js').Conversation} conversation */
  #choices({ state, leftMessage }) {
    /** @type {import('./header.js').Choice[]} */
    const choices = []
    if (state === 'bot' || state === 'resolved')
      choices.push({
        label: 'Talk to a person',
        icon: 'person',
        choose: () => this.#change('POST', 'person', {}),
      })
    if (state === 'waiting' && !leftMessage)
      choices.push({ label: 'Leave the queue', icon: 'out', choose: () => this.#change('DELETE', 'person') })
    choices.push({ label: 'New conversation', icon: 'plus', choose: () => this.#show(null) })
    return choices
  }

  /** @param {string} text @param {string} [payload] */
  #say(text, payload) {
    const id = this.#conversations.send(this.id, text, payload)
    if (id !== this.id) this.#show(id)
    this.#messages.toEnd(true)
    this.focus() // the pressed button is gone, and the focus with it
  }

  /** @param {string} method @param {'person' | 'bot-while-waiting'} what @param {object} [body] */
  async #change(method, what, body) {
    try {
      const id = await this.#conversations.change(this.id, method, what, body)
      if (id !== this.id) this.#show(id)
    } catch (error) {
      this.#problem.textContent = asApiError(error).message
      this.#problem.hidden = false
      clearTimeout(this.#problemTimer)
      this.#problemTimer = setTimeout(() => (this.#problem.hidden = true), PROBLEM_LASTS)
    }
  }

  /** @param {import('../shared/element.js').Child[] | null} words */
  #notice(words) {
    this.#banner.hidden = words === null
    fill(this.#banner, words)
  }
}
