import { Conversation } from '../shared/conversation.js'
import { el, fill } from '../shared/element.js'
import { MessageList } from '../shared/message_list.js'
import { icon } from './icons.js'
import { noteRow } from './note_row.js'
import { forAgent } from './reasons.js'
import { ReplyBox } from './reply_box.js'

/** @typedef {import('../shared/shown.js').ShownMessage} ShownMessage */

/**
 * @typedef {object} Actions
 * @property {() => void} takeOver
 * @property {() => void} handBack
 * @property {() => void} resolve
 * @property {(text: string) => void} reply
 * @property {(text: string) => Promise<boolean>} note false if it did not get through
 * @property {(id: string, text: string) => Promise<boolean>} edit
 * @property {(id: string) => void} remove
 * @property {(id: string) => void} retry
 * @property {(id: string) => void} giveUp
 * @property {(id: string) => void} open
 * @property {() => void} typing
 */

/** The middle column: one conversation, all of it, and what can be done with it. */
export class Transcript {
  #assistant
  #me
  #actions
  #name = el('h1')
  #state = el('p', { class: 'transcript-state' })
  #ways = el('div', { class: 'ways' })
  #banner = el(
    'div',
    { class: 'banner', role: 'status', hidden: true },
    'Reconnecting… What you write is kept and sent.',
  )
  #messages
  #box
  #shownWays = ''
  #empty = el(
    'div',
    { class: 'blank' },
    el('span', { class: 'mark' }, icon('bubble')),
    el('h1', {}, 'Choose a conversation'),
    el(
      'dl',
      { class: 'keys' },
      KEYS.map(([key, meaning]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, meaning))),
    ),
  )
  #full
  element

  /**
   * @param {string} assistant
   * @param {string} me the agent's name
   * @param {Actions} actions
   */
  constructor(assistant, me, actions) {
    this.#assistant = assistant
    this.#me = me
    this.#actions = actions
    this.#messages = new MessageList({
      ownKind: 'agent',
      ownName: me,
      pastButtons: true,
      describe: forAgent,
      note: noteRow,
      nameOf: ({ kind, name }) =>
        name ?? (kind === 'bot' ? assistant : kind === 'customer' ? 'Visitor' : 'Rapport'),
      retry: actions.retry,
      giveUp: actions.giveUp,
      openLinked: actions.open,
      tools: (message) => this.#tools(message),
    })
    this.#box = new ReplyBox(actions)
    this.#full = el(
      'div',
      { class: 'transcript-full', hidden: true },
      el('header', { class: 'transcript-head' }, el('div', {}, this.#name, this.#state), this.#ways),
      this.#banner,
      this.#messages.element,
      this.#box.element,
    )
    this.element = el('main', { class: 'transcript' }, this.#empty, this.#full)
  }

  get box() {
    return this.#box
  }

  /** @param {boolean} lost */
  connectionLost(lost) {
    this.#banner.hidden = !lost
  }

  /**
   * @param {Conversation} conversation
   * @param {import('../shared/shown.js').Entry[]} pending
   * @param {{mine: boolean, name: string, typing: string | null}} more
   */
  show(conversation, pending, { mine, name, typing }) {
    this.#empty.hidden = true
    this.#full.hidden = false
    this.#name.textContent = name
    this.#state.textContent = this.#stateWords(conversation, mine)
    this.#showWays(conversation.state, mine)
    this.#messages.show(conversation, pending, { typing })
    this.#box.show(conversation.id, {
      mine,
      state: conversation.state,
      holder: conversation.agent ?? this.#assistant,
    })
  }

  toEnd() {
    this.#messages.toEnd()
  }

  /** @param {Conversation} conversation @param {boolean} mine */
  #stateWords({ state, agent, queue }, mine) {
    if (state === 'bot') return `With ${this.#assistant}`
    if (state === 'resolved') return 'Resolved'
    if (state === 'agent') return mine ? 'You have this conversation' : `With ${agent ?? 'another agent'}`
    return queue ? `Waiting for a person · number ${queue.position} in the queue` : 'Waiting for a person'
  }

  /** @param {string} state @param {boolean} mine */
  #showWays(state, mine) {
    const shown = state + mine
    if (shown === this.#shownWays) return
    this.#shownWays = shown
    const { takeOver, handBack, resolve } = this.#actions
    fill(
      this.#ways,
      (state === 'waiting' || state === 'bot') &&
        el('button', { type: 'button', class: 'primary', onclick: takeOver }, 'Take over'),
      mine && el('button', { type: 'button', class: 'secondary', onclick: handBack }, 'Hand back'),
      mine && el('button', { type: 'button', class: 'primary', onclick: resolve }, 'Resolve'),
    )
  }

  /** @param {ShownMessage} message */
  #tools(message) {
    if (message.author.kind !== 'agent' || message.author.name !== this.#me) return null
    return el(
      'div',
      { class: 'tools' },
      el(
        'button',
        {
          type: 'button',
          class: 'plain',
          title: 'Edit',
          ariaLabel: 'Edit this message',
          onclick: () => this.#box.edit(message.key, message.text),
        },
        icon('edit'),
      ),
      el(
        'button',
        {
          type: 'button',
          class: 'plain',
          title: 'Delete',
          ariaLabel: 'Delete this message',
          onclick: () => this.#actions.remove(message.key),
        },
        icon('bin'),
      ),
    )
  }
}

/** What the keyboard does; `workplace.js` binds it. */
const KEYS = [
  ['j', 'Next conversation'],
  ['k', 'Previous conversation'],
  ['t', 'Take over'],
  ['r', 'Reply'],
  ['n', 'Write a note'],
  ['Ctrl Enter', 'Send'],
  ['Esc', 'Leave the text'],
]
