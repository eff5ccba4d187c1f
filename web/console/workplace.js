import { Connection } from '../shared/connection.js'
import { Conversation } from '../shared/conversation.js'
import { el } from '../shared/element.js'
import { Outbox } from '../shared/outbox.js'
import { Storage } from '../shared/storage.js'
import { agentLine } from './agent_line.js'
import { Bell } from './bell.js'
import { Card } from './card.js'
import { Inbox } from './inbox.js'
import { listenToKeys } from './keyboard.js'
import { Steps } from './steps.js'
import { Toasts } from './toasts.js'
import { topBar } from './top_bar.js'
import { Transcript } from './transcript.js'

/** @typedef {import('../shared/protocol.js').ConversationDocument} ConversationDocument */

/** Everything an agent sees once signed in: inbox, transcript, card; one connection feeds them. */
export class Workplace {
  #desk
  #storage
  #toasts = new Toasts()
  #card = new Card()
  #bell
  #inbox
  #transcript
  #outbox
  #connection
  #steps
  #stopKeys = () => {}
  /** @type {Conversation | null} */
  #current = null
  /** @type {string | null} */
  #contactName = null
  /** @type {{name: string, until: number} | null} */
  #typing = null
  element

  /**
   * @param {import('./agent_desk.js').AgentDesk} desk
   * @param {string} assistant
   */
  constructor(desk, assistant) {
    this.#desk = desk
    this.#storage = new Storage(`rapport-console:${desk.agent.id}:`)
    this.#bell = new Bell(this.#storage)
    this.#inbox = new Inbox(desk.agent.id, this.#storage, (id) => this.#open(id))
    this.#outbox = new Outbox(
      this.#storage,
      (entry) => this.#connection.write(entry),
      (id) => this.#changed(id),
    )
    this.#connection = new Connection(agentLine(desk), {
      state: (state) => {
        this.#transcript.connectionLost(state === 'lost')
        if (this.#connection.usable) this.#outbox.flush()
      },
      events: (id, events) => this.#read(id, events),
      caughtUp: (id) => {
        if (this.#current?.id !== id) return
        this.#current.caughtUp = true
        this.#changed(id)
      },
      typing: (id, author) => id === this.#current?.id && this.#someoneTypes(author.name ?? 'The customer'),
      ended: () => desk.onSignedOut(),
      inbox: (rows, complete) => this.#inboxCame(rows, complete),
    })
    this.#steps = new Steps(desk, assistant, this.#toasts, {
      moved: (document) => this.#moved(document),
      refused: (id) => this.#refreshCard(id),
    })
    this.#transcript = new Transcript(assistant, desk.agent.name, this.#actions())
    this.element = el(
      'div',
      { class: 'workplace' },
      el(
        'div',
        { class: 'left' },
        topBar(desk.agent.name, this.#bell.element, () => this.#signOut()),
        this.#inbox.element,
      ),
      this.#transcript.element,
      this.#card.element,
      this.#toasts.element,
    )
  }

  start() {
    this.#connection.watchInbox()
    this.#connection.start()
    this.#inbox.render()
    this.#stopKeys = listenToKeys({
      j: () => this.#inbox.move(1),
      k: () => this.#inbox.move(-1),
      t: () =>
        this.#current &&
        ['waiting', 'bot'].includes(this.#current.state) &&
        this.#steps.takeOver(this.#current.id),
      r: () => this.#current && this.#transcript.box.choose('reply'),
      n: () => this.#current && this.#transcript.box.choose('note'),
    })
    const id = location.hash.slice(1)
    if (/^[0-9a-f-]{36}$/.test(id)) this.#open(id)
  }

  stop() {
    this.#connection.stop()
    this.#stopKeys()
    this.#inbox.stop()
  }

  async #signOut() {
    if (await this.#toasts.attempt(() => this.#desk.signOut())) location.reload()
  }

  /** @returns {import('./transcript.js').Actions} */
  #actions() {
    const at = () => this.#current?.id ?? ''
    const steps = this.#steps
    return {
      takeOver: async () => {
        await steps.takeOver(at())
        this.#transcript.box.choose('reply') // the pressed button is gone, and the focus with it
      },
      handBack: () => steps.handBack(at()),
      resolve: () => steps.resolve(at()),
      note: (text) => steps.note(at(), text),
      edit: (id, text) => steps.edit(at(), id, text),
      remove: (id) => steps.remove(at(), id),
      reply: (text) => {
        this.#outbox.add(at(), text)
        this.#transcript.toEnd()
      },
      retry: (id) => this.#outbox.retry(id),
      giveUp: (id) => this.#outbox.settle(id),
      open: (id) => this.#open(id),
      typing: () => this.#connection.typing(at()),
    }
  }

  /** @param {string} id */
  #open(id) {
    if (this.#current?.id === id) return
    if (this.#current) this.#connection.unsubscribe(this.#current.id)
    const conversation = new Conversation(id)
    this.#current = conversation
    this.#contactName = null
    this.#typing = null
    history.replaceState(null, '', `#${id}`)
    const row = this.#inbox.rows.get(id)
    if (row)
      Object.assign(conversation, {
        state: row.state,
        agent: row.agent?.name ?? null,
        title: row.title ?? '',
      })
    this.#inbox.select(id)
    this.#card.clear()
    this.#connection.subscribe(id, () => conversation.lastSeq)
    this.#changed(id)
    this.#refreshCard(id)
  }

  /** @param {string} id */
  async #refreshCard(id) {
    await this.#toasts.attempt(async () => this.#adopt(await this.#desk.call('GET', `conversations/${id}`)))
  }

  /** @param {ConversationDocument} document */
  #adopt(document) {
    if (this.#current?.id !== document.id) return
    this.#current.adopt(document)
    this.#contactName = document.contact?.name ?? null
    this.#card.show(document)
    this.#changed(document.id)
  }

  /** @param {ConversationDocument} document */
  #moved(document) {
    const row = this.#inbox.rows.get(document.id)
    const agent = document.state === 'agent' ? this.#desk.agent : null
    if (row) this.#inbox.take([{ ...row, state: document.state, epoch: document.epoch, agent }], false)
    this.#adopt(document)
  }

  /** @param {string} id @param {import('../shared/protocol.js').Event[]} events */
  #read(id, events) {
    if (this.#current?.id !== id) return
    if (!this.#current.apply(events)) this.#connection.resume(id)
    for (const event of events) {
      if (event.type === 'message') this.#outbox.settle(event.message.id)
      if (event.type === 'message' && event.message.author.kind === 'customer') this.#typing = null
      if (event.type === 'transition' && this.#current.caughtUp) this.#refreshCard(id)
    }
    this.#changed(id)
  }

  /** @param {import('../shared/protocol.js').InboxRow[]} rows @param {boolean} complete */
  #inboxCame(rows, complete) {
    const began = rows.some(
      (row) => row.state === 'waiting' && this.#inbox.rows.get(row.id)?.state !== 'waiting',
    )
    if (began && !complete) this.#bell.ring()
    this.#inbox.take(rows, complete)
    document.title = this.#inbox.waiting ? `(${this.#inbox.waiting}) Rapport console` : 'Rapport console'
    if (this.#current) this.#changed(this.#current.id)
  }

  /** @param {string} id */
  #changed(id) {
    const current = this.#current
    if (!current || current.id !== id) return
    const row = this.#inbox.rows.get(id)
    const { agent: me } = this.#desk
    // Of a conversation too old for the inbox, only the holder's name is known
    const mine = current.state === 'agent' && (row ? row.agent?.id === me.id : current.agent === me.name)
    const typing = this.#typing && this.#typing.until > Date.now() ? `${this.#typing.name} is writing` : null
    const pending = this.#outbox.of(id).filter((entry) => !current.messages.has(entry.id))
    this.#transcript.show(current, pending, {
      mine,
      name: row?.contact.name ?? this.#contactName ?? 'Visitor',
      typing,
    })
    if (document.visibilityState === 'visible') this.#inbox.markSeen(id, current.lastSeq)
  }

  /** @param {string} name */
  #someoneTypes(name) {
    this.#typing = { name, until: Date.now() + 6000 }
    const id = this.#current?.id ?? ''
    this.#changed(id)
    setTimeout(() => this.#changed(id), 6050)
  }
}
