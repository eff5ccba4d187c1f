import { el, fill } from '../shared/element.js'
import { shortWhen } from '../shared/format.js'
import { icon } from './icons.js'
import { elapsed } from './elapsed.js'
import { REASONS } from './reasons.js'

/** @typedef {import('../shared/protocol.js').InboxRow} InboxRow */
/**
 * @typedef {object} Section
 * @property {string} name
 * @property {(row: InboxRow, me: string) => boolean} holds
 * @property {(a: InboxRow, b: InboxRow) => number} order
 * @property {string} empty what stands there when nothing does; nothing: no section
 */

/** @param {InboxRow} a @param {InboxRow} b */
const newest = (a, b) => b.active_at.localeCompare(a.active_at)

/** @type {Section[]} */
const SECTIONS = [
  {
    name: 'Waiting',
    holds: (row) => row.state === 'waiting',
    order: (a, b) =>
      Number(b.priority) - Number(a.priority) || (a.waiting_since ?? '').localeCompare(b.waiting_since ?? ''),
    empty: 'Nobody is waiting',
  },
  {
    name: 'Mine',
    holds: (row, me) => row.state === 'agent' && row.agent?.id === me,
    order: newest,
    empty: 'You have no conversations',
  },
  {
    name: 'Others',
    holds: (row, me) => row.state === 'agent' && row.agent?.id !== me,
    order: newest,
    empty: '',
  },
  { name: 'With the bot', holds: (row) => row.state === 'bot', order: newest, empty: '' },
  { name: 'Resolved', holds: (row) => row.state === 'resolved', order: newest, empty: '' },
]

/** The left column: everything that goes on, in the order in which it needs a person. */
export class Inbox {
  /** @type {Map<string, InboxRow>} */
  rows = new Map()
  #me
  #storage
  #open
  #timer
  #folded = new Set(['Resolved'])
  #lists = el('div', { class: 'inbox-lists' })
  element = el('nav', { class: 'inbox', ariaLabel: 'Inbox' }, this.#lists)
  /** @type {string | null} */
  selected = null

  /**
   * @param {string} me the agent's id
   * @param {import('../shared/storage.js').Storage} storage
   * @param {(id: string) => void} open
   */
  constructor(me, storage, open) {
    this.#me = me
    this.#storage = storage
    this.#open = open
    this.#timer = setInterval(() => this.#tick(), 1000)
  }

  get waiting() {
    return [...this.rows.values()].filter((row) => row.state === 'waiting').length
  }

  /**
   * @param {InboxRow[]} rows
   * @param {boolean} complete whether these are all there are
   */
  take(rows, complete) {
    if (complete) this.rows.clear()
    for (const row of rows) this.rows.set(row.id, row)
    this.render()
  }

  /** The waiting times stand still from here on. */
  stop() {
    clearInterval(this.#timer)
  }

  /** @param {string} id @param {number} seq */
  markSeen(id, seq) {
    if (Number(this.#storage.get(`seen:${id}`) ?? 0) >= seq) return
    this.#storage.set(`seen:${id}`, String(seq))
    this.render()
  }

  /** @param {string | null} id */
  select(id) {
    this.selected = id
    this.render()
    this.#lists.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }

  /** Opens the next conversation, or the one before. @param {1 | -1} step */
  move(step) {
    const ids = SECTIONS.filter(({ name }) => !this.#folded.has(name)).flatMap((section) =>
      this.#in(section).map(({ id }) => id),
    )
    const at = ids.indexOf(this.selected ?? '')
    const next = ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + step))]
    if (next) this.#open(next)
  }

  render() {
    const active = document.activeElement
    const focused =
      active instanceof HTMLElement && this.#lists.contains(active) ? active.dataset.key : undefined
    const top = this.#lists.scrollTop
    fill(
      this.#lists,
      SECTIONS.map((section) => this.#section(section)),
    )
    this.#lists.scrollTop = top
    if (focused)
      for (const stop of this.#lists.querySelectorAll('button'))
        if (stop.dataset.key === focused) stop.focus()
  }

  /** @param {Section} section */
  #in({ holds, order }) {
    return [...this.rows.values()].filter((row) => holds(row, this.#me)).sort(order)
  }

  /** @param {Section} section */
  #section(section) {
    const rows = this.#in(section)
    if (rows.length === 0 && !section.empty) return null
    const folded = this.#folded.has(section.name)
    const toggle = () => {
      if (!this.#folded.delete(section.name)) this.#folded.add(section.name)
      this.render()
    }
    return el(
      'section',
      { class: 'inbox-section' },
      el(
        'h2',
        {},
        el(
          'button',
          {
            type: 'button',
            class: 'fold',
            ariaExpanded: String(!folded),
            dataset: { key: section.name },
            onclick: toggle,
          },
          icon('down'),
          section.name,
          el('span', { class: 'count' }, rows.length),
        ),
      ),
      !folded &&
        (rows.length
          ? el(
              'ul',
              {},
              rows.map((row) => el('li', {}, this.#row(row))),
            )
          : el('p', { class: 'nothing' }, section.empty)),
    )
  }

  /** @param {InboxRow} row */
  #row(row) {
    const unread =
      (row.state === 'waiting' || row.agent?.id === this.#me) &&
      row.last_seq > Number(this.#storage.get(`seen:${row.id}`) ?? 0)
    const tier = row.contact.tier
    const marks = this.#marks(row)
    return el(
      'button',
      {
        type: 'button',
        class: unread ? 'inbox-row unread' : 'inbox-row',
        ariaCurrent: row.id === this.selected ? 'true' : null,
        dataset: { key: row.id },
        onclick: () => this.#open(row.id),
      },
      el(
        'span',
        { class: 'row-head' },
        unread && el('span', { class: 'unread-dot', role: 'img', ariaLabel: 'Unread' }),
        el('span', { class: 'row-name' }, row.contact.name ?? 'Visitor'),
        tier && el('span', { class: 'tier' }, tier),
        row.state === 'waiting' && row.waiting_since
          ? el('span', { class: 'waited', dataset: { since: row.waiting_since } }, elapsed(row.waiting_since))
          : el('time', { datetime: row.active_at }, shortWhen(row.active_at)),
      ),
      el('span', { class: 'row-preview' }, row.preview ?? row.title ?? 'Nothing said yet'),
      marks.length > 0 && el('span', { class: 'row-marks' }, marks),
    )
  }

  /** @param {InboxRow} row */
  #marks(row) {
    const holder = row.state === 'agent' && row.agent?.id !== this.#me ? row.agent : null
    return [
      row.priority && row.state !== 'resolved' ? el('span', { class: 'mark-priority' }, 'Priority') : null,
      row.state === 'waiting' && row.reason ? el('span', {}, REASONS[row.reason] ?? row.reason) : null,
      holder ? el('span', {}, `With ${holder.name}`) : null,
    ].filter((mark) => mark !== null)
  }

  #tick() {
    for (const waited of this.#lists.querySelectorAll('.waited')) {
      const { since } = /** @type {HTMLElement} */ (waited).dataset
      if (since) waited.textContent = elapsed(since)
    }
  }
}
