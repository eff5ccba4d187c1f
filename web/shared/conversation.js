/** @typedef {import('./protocol.js').Event} Event */
/** @typedef {import('./protocol.js').ConversationDocument} ConversationDocument */

/** @typedef {import('./shown.js').Shown} Shown */
/** @typedef {import('./shown.js').ShownMessage} ShownMessage */

/** A conversation as far as it has been read: events by `seq`, reduced to what is shown. */
export class Conversation {
  /** @type {Shown[]} */
  items = []
  /** @type {Map<string, ShownMessage>} */
  messages = new Map()
  lastSeq = 0
  /** @type {import('./protocol.js').State} */
  state = 'bot'
  epoch = 0
  /** @type {string | null} */
  agent = null
  /** @type {ConversationDocument['queue']} */
  queue = null
  leftMessage = false
  botWhileWaiting = false
  title = ''
  activeAt = ''
  caughtUp = false

  /** @param {string} id */
  constructor(id) {
    this.id = id
  }

  /**
   * Takes what a call answered, unless the events are already further.
   * @param {ConversationDocument} document
   */
  adopt(document) {
    this.title = document.title ?? this.title
    if (document.active_at > this.activeAt) this.activeAt = document.active_at
    if (document.epoch < this.epoch) return
    this.epoch = document.epoch
    this.state = document.state
    this.agent = document.agent?.name ?? null
    this.queue = document.queue
    this.botWhileWaiting = document.bot_while_waiting
    this.leftMessage = document.left_message
  }

  /**
   * Applies events in order; those already seen are passed over.
   * @param {Event[]} events
   * @returns {boolean} false if one is missing in between: nothing after the gap was taken, read again from
   *   `lastSeq`
   */
  apply(events) {
    for (const event of events) {
      if (event.seq <= this.lastSeq) continue
      if (event.seq !== this.lastSeq + 1) return false
      this.lastSeq = event.seq
      this.#take(event)
    }
    return true
  }

  /**
   * How many messages by others came after `seq`.
   * @param {number} seq
   * @param {string} ownKind
   */
  unreadAfter(seq, ownKind) {
    let unread = 0
    for (let index = this.items.length - 1; index >= 0 && this.items[index].seq > seq; index -= 1) {
      const item = this.items[index]
      if (item.kind === 'message' && item.author.kind !== ownKind && !item.deleted) unread += 1
    }
    return unread
  }

  /** The newest message that still stands. */
  get latest() {
    for (let index = this.items.length - 1; index >= 0; index -= 1) {
      const item = this.items[index]
      if (item.kind === 'message' && !item.deleted) return item
    }
    return null
  }

  /** @param {Event} event */
  #take(event) {
    const { seq, at } = event
    if (event.type === 'message') {
      const { id, author, text, buttons } = event.message
      /** @type {ShownMessage} */
      const shown = {
        kind: 'message',
        key: id,
        seq,
        at,
        author,
        text,
        buttons: buttons ?? [],
        edited: false,
        deleted: false,
      }
      this.messages.set(id, shown)
      this.items.push(shown)
      this.activeAt = at
      if (!this.title && author.kind === 'customer') this.title = text.slice(0, 80)
    } else if (event.type === 'message_edited') {
      this.#replace(event.message_id, { text: event.text, edited: true })
    } else if (event.type === 'message_deleted') {
      this.#replace(event.message_id, { text: '', buttons: [], deleted: true })
    } else if (event.type === 'transition') {
      this.#move(event)
      const agent = event.agent?.name ?? null
      this.items.push({
        kind: 'transition',
        key: `t${seq}`,
        seq,
        at,
        from: event.from,
        to: event.to,
        reason: event.reason,
        agent,
      })
    } else if (event.type === 'queue') {
      if (this.state === 'waiting')
        this.queue = { position: event.position, expected_wait_seconds: event.expected_wait_seconds }
    } else if (event.type === 'linked') {
      this.items.push({
        kind: 'linked',
        key: `l${seq}`,
        seq,
        at,
        conversation: event.conversation_id,
        title: event.title,
      })
    } else if (event.type === 'note') {
      this.items.push({
        kind: 'note',
        key: event.note.id,
        seq,
        at,
        author: event.note.author.name,
        text: event.note.text,
      })
    } else if (event.type === 'identity') {
      this.items.push({ kind: 'identity', key: `i${seq}`, seq, at, level: event.level, name: event.name })
    }
  }

  /** @param {Extract<Event, {type: 'transition'}>} event */
  #move(event) {
    if (event.epoch < this.epoch) return
    this.epoch = event.epoch
    this.state = event.to
    this.agent = event.to === 'agent' ? (event.agent?.name ?? null) : null
    if (event.to !== 'waiting') {
      this.queue = null
      this.botWhileWaiting = false
    }
  }

  /**
   * Puts a new object in the old one's place, so that a view sees at once that it changed.
   * @param {string} id
   * @param {Partial<ShownMessage>} change
   */
  #replace(id, change) {
    const old = this.messages.get(id)
    if (!old) return
    const shown = { ...old, ...change }
    this.messages.set(id, shown)
    this.items[this.items.lastIndexOf(old)] = shown
  }
}
