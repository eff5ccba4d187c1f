import { el } from './element.js'
import { dayKey, dayName } from './format.js'
import { icon } from './icons.js'
import { entryRow, lineRow, messageRow } from './message_rows.js'

/** @typedef {import('./conversation.js').Conversation} Conversation */
/** @typedef {import('./shown.js').Shown} Shown */
/** @typedef {import('./shown.js').Entry} Entry */
/** @typedef {{key: string, from: unknown, marks: string, build: () => HTMLElement | null}} Row */

const WINDOW = 150
const GROUP_WITHIN = 5 * 60_000

/**
 * A transcript: keeps each row's element while what it shows stays the same, and stays at the end while the
 * reader is there.
 */
export class MessageList {
  #options
  #log = el('div', { class: 'log', role: 'log', ariaLive: 'polite', ariaLabel: 'Messages' })
  #typing = el(
    'div',
    { class: 'typing', hidden: true },
    el('span', { class: 'dots', ariaHidden: 'true' }, el('i'), el('i'), el('i')),
    el('span', { class: 'typing-words' }),
  )
  #earlier = el(
    'button',
    { type: 'button', class: 'earlier', hidden: true, onclick: () => this.#showEarlier() },
    'Show earlier messages',
  )
  #pill = el(
    'button',
    { type: 'button', class: 'newer', hidden: true, onclick: () => this.toEnd(true) },
    'New messages',
    icon('down'),
  )
  #scroller = el(
    'div',
    { class: 'scroller', tabindex: '0', role: 'region', ariaLabel: 'Conversation' },
    this.#earlier,
    this.#log,
    this.#typing,
  )
  element = el('div', { class: 'messages' }, this.#scroller, this.#pill)
  /** @type {Map<string, {from: unknown, marks: string, node: HTMLElement | null}>} */
  #rows = new Map()
  #limit = WINDOW
  #shownId = ''
  #atEnd = true
  /** @type {(() => void) | null} */
  #again = null

  /** @param {import('./shown.js').RowOptions} options */
  constructor(options) {
    this.#options = options
    this.#scroller.addEventListener('scroll', () => {
      this.#atEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < 60
      if (this.#atEnd) this.#pill.hidden = true
    })
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.#scroller)
  }

  get atEnd() {
    return this.#atEnd
  }

  /**
   * Shows a conversation as it now stands.
   * @param {Conversation} conversation
   * @param {Entry[]} pending
   * @param {{typing?: string | null, before?: HTMLElement[]}} [more] who is writing; elements ahead of the
   *   first message
   */
  show(conversation, pending, { typing = null, before = [] } = {}) {
    const changed = conversation.id !== this.#shownId
    if (changed) {
      this.#shownId = conversation.id
      this.#rows.clear()
      this.#limit = WINDOW
      this.#atEnd = true
      this.#log.replaceChildren()
    }
    this.#again = () => this.show(conversation, pending, { typing, before })
    // A whole history is not news to be read aloud
    this.#log.setAttribute('aria-busy', String(changed || !conversation.caughtUp))
    this.#log.classList.toggle('settled', conversation.caughtUp && !changed)
    const items = conversation.items.slice(-this.#limit)
    this.#earlier.hidden = items.length === conversation.items.length
    const had = this.#log.lastElementChild
    this.#place(this.#earlier.hidden ? before : [], this.#plan(conversation, items, pending))
    this.#typing.hidden = typing === null
    this.#typing.lastElementChild?.replaceChildren(typing ?? '')
    if (this.#atEnd) this.toEnd()
    else if (had !== this.#log.lastElementChild) this.#pill.hidden = false
  }

  /** @param {boolean} [smoothly] */
  toEnd(smoothly = false) {
    this.#atEnd = true
    this.#pill.hidden = true
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.#scroller.scrollTo({
      top: this.#scroller.scrollHeight,
      behavior: smoothly && !calm ? 'smooth' : 'instant',
    })
  }

  #showEarlier() {
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop
    this.#limit += WINDOW
    this.#again?.()
    this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd
  }

  /**
   * @param {Conversation} conversation
   * @param {Shown[]} items
   * @param {Entry[]} pending
   * @returns {Row[]}
   */
  #plan(conversation, items, pending) {
    const options = this.#options
    const pressable = pending.length === 0 && conversation.state !== 'agent' ? conversation.latest : null
    /** @type {(Shown | Entry)[]} */
    const all = [...items, ...pending]
    /** @type {Row[]} */
    const rows = []
    let day = ''
    all.forEach((item, index) => {
      if (dayKey(item.at) !== day) {
        day = dayKey(item.at)
        rows.push({
          key: `day ${day}`,
          from: dayName(item.at),
          marks: '',
          build: () => el('div', { class: 'day' }, el('span', {}, dayName(item.at))),
        })
      }
      const first = !together(all[index - 1], item, options)
      const last = !together(item, all[index + 1], options)
      if (!('kind' in item)) {
        rows.push({
          key: item.id,
          from: item,
          marks: `${first}${last}`,
          build: () => entryRow(item, { first, last }, options),
        })
      } else if (item.kind === 'message') {
        const place = { first, last, pressable: item === pressable }
        const tools = options.tools ? conversation.state + conversation.epoch : ''
        rows.push({
          key: item.key,
          from: item,
          marks: Object.values(place).join() + tools,
          build: () => messageRow(item, place, options),
        })
      } else rows.push({ key: item.key, from: item, marks: '', build: () => lineRow(item, options) })
    })
    return rows
  }

  /** @param {HTMLElement[]} before @param {Row[]} rows */
  #place(before, rows) {
    const kept = new Map()
    /** @type {HTMLElement[]} */
    const nodes = [...before]
    for (const { key, from, marks, build } of rows) {
      const old = this.#rows.get(key)
      const row = old && old.from === from && old.marks === marks ? old : { from, marks, node: build() }
      if (!old) row.node?.classList.add('arriving')
      kept.set(key, row)
      if (row.node) nodes.push(row.node)
    }
    this.#rows = kept
    const wanted = new Set(nodes)
    for (const child of [...this.#log.children])
      if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove()
    nodes.forEach((node, index) => {
      if (this.#log.children[index] !== node) this.#log.insertBefore(node, this.#log.children[index] ?? null)
    })
  }
}

/**
 * Whether two neighbours belong to one author's group.
 * @param {Shown | Entry | undefined} one
 * @param {Shown | Entry | undefined} other
 * @param {import('./shown.js').RowOptions} options
 */
function together(one, other, options) {
  if (!one || !other || dayKey(one.at) !== dayKey(other.at)) return false
  if (Math.abs(Date.parse(other.at) - Date.parse(one.at)) > GROUP_WITHIN) return false
  const author = authorOf(one, options)
  return author !== '' && author === authorOf(other, options)
}

/** @param {Shown | Entry} item @param {import('./shown.js').RowOptions} options */
function authorOf(item, { ownKind, ownName = '' }) {
  if (!('kind' in item)) return `${ownKind} ${ownName}`
  if (item.kind !== 'message') return ''
  const { kind, name } = item.author
  return `${kind} ${kind === ownKind && !ownName ? '' : (name ?? '')}`
}
