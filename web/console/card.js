import { el, fill } from '../shared/element.js'
import { dayName, timeOf } from '../shared/format.js'
import { icon } from './icons.js'
import { REASONS } from './reasons.js'

/** @typedef {import('../shared/protocol.js').HandoffCard} HandoffCard */
/** @typedef {import('../shared/protocol.js').Contact} Contact */

const count = new Intl.NumberFormat()

/** @type {Record<string, string>} */
const LEVELS = {
  visitor: 'Visitor',
  order_holder: 'Knows an order number',
  verified: 'Verified by code',
  signed_in: 'Signed in',
}

/** The right column: all that an agent must know so that the customer repeats nothing. */
export class Card {
  element = el('aside', { class: 'card', ariaLabel: 'Handoff card', tabindex: '0' })

  clear() {
    fill(this.element)
  }

  /** @param {import('../shared/protocol.js').ConversationDocument} conversation */
  show({ contact, card, started_at }) {
    fill(
      this.element,
      who(contact, card),
      card && why(card),
      card?.points && points(card.points),
      card && orders(card),
      card &&
        card.tried.length > 0 &&
        block(
          'What the assistant tried',
          el(
            'ol',
            { class: 'tried' },
            card.tried.map((text) => el('li', { title: text }, el('span', {}, text))),
          ),
        ),
      card && understood(card),
      card && slots(card.slots),
      !card &&
        el(
          'p',
          { class: 'card-note' },
          'No handoff so far. The card fills when the conversation goes to a person.',
        ),
      el('p', { class: 'card-note' }, `Began ${dayName(started_at).toLowerCase()}, ${timeOf(started_at)}`),
    )
  }
}

/** @param {Contact | undefined} contact @param {HandoffCard | null | undefined} card */
function who(contact, card) {
  const name = card?.identity.name ?? contact?.name ?? 'Visitor'
  const level = card?.identity.level ?? contact?.level ?? 'visitor'
  const email = card?.identity.email ?? contact?.email
  return el(
    'header',
    { class: 'card-who' },
    el('span', { class: 'face', ariaHidden: 'true' }, initials(name)),
    el(
      'div',
      {},
      el('h2', {}, name),
      email && el('p', { class: 'email' }, email),
      el(
        'p',
        { class: `level ${level}` },
        icon(level === 'visitor' ? 'person' : 'check'),
        card?.identity.how_sure ?? LEVELS[level] ?? level,
      ),
    ),
  )
}

/** @param {HandoffCard} card */
function why(card) {
  return el(
    'section',
    { class: 'card-why' },
    el('h3', {}, REASONS[card.reason] ?? card.reason),
    card.reason_text !== REASONS[card.reason] && el('p', {}, card.reason_text),
    card.asked && el('blockquote', { dir: 'auto' }, card.asked),
    el(
      'p',
      { class: 'card-when' },
      `Asked ${dayName(card.requested_at).toLowerCase()} at ${timeOf(card.requested_at)}`,
    ),
  )
}

/** @param {{balance: number, tier: string | null}} held */
function points({ balance, tier }) {
  return el(
    'section',
    { class: 'card-points' },
    el('div', {}, el('strong', {}, count.format(balance)), 'points'),
    tier && el('div', {}, el('strong', {}, tier), 'tier'),
  )
}

/** @param {HandoffCard} card */
function orders({ orders: shown, orders_count: all }) {
  if (all === 0) return block('Orders', el('p', { class: 'card-note' }, 'None that we know of'))
  return block(
    all > shown.length ? `Orders · newest ${shown.length} of ${all}` : 'Orders',
    el(
      'ul',
      { class: 'orders' },
      shown.map(({ number, placed_on, status, total }) =>
        el(
          'li',
          {},
          el('span', { class: 'order-number' }, number),
          el('span', { class: 'order-total' }, total),
          el('span', { class: 'order-when' }, dayName(placed_on)),
          el('span', { class: 'order-status' }, status.replaceAll('_', ' ')),
        ),
      ),
    ),
  )
}

/** @param {HandoffCard} card */
function understood({ understood: turns }) {
  if (turns.length === 0) return null
  return block(
    'How it was understood',
    el(
      'ul',
      { class: 'understood' },
      turns.map(({ text, intent, confidence }) =>
        el(
          'li',
          {},
          el('q', { dir: 'auto' }, text),
          el('span', {}, `${intent.replaceAll('_', ' ')} · ${Math.round(confidence * 100)} %`),
        ),
      ),
    ),
  )
}

/** @param {Record<string, string>} filled */
function slots(filled) {
  const names = Object.keys(filled)
  if (names.length === 0) return null
  return block(
    'Noted so far',
    el(
      'dl',
      { class: 'slots' },
      names.map((name) => el('div', {}, el('dt', {}, name.replaceAll('_', ' ')), el('dd', {}, filled[name]))),
    ),
  )
}

/** @param {string} title @param {HTMLElement} content */
function block(title, content) {
  return el('section', { class: 'card-block' }, el('h3', {}, title), content)
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
