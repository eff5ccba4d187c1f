import { el } from './element.js'
import { linkify, timeOf } from './format.js'
import { icon } from './icons.js'

/** @typedef {import('./shown.js').Shown} Shown */
/** @typedef {import('./shown.js').ShownMessage} ShownMessage */
/** @typedef {import('./shown.js').Entry} Entry */
/** @typedef {import('./shown.js').RowOptions} RowOptions */

/** How a line of the log begins that says by what somebody is known. @type {Record<string, string>} */
const KNOWN_BY = {
  order_holder: 'Named an order and its postcode',
  verified: 'Verified by a code',
  signed_in: 'Signed in',
}

/**
 * @param {ShownMessage} message
 * @param {{first: boolean, last: boolean, pressable: boolean}} place in its author's group
 * @param {RowOptions} options
 */
export function messageRow(message, { first, last, pressable }, options) {
  const { author } = message
  const own = author.kind === options.ownKind && (!options.ownName || author.name === options.ownName)
  const name = options.nameOf(author)
  const meta = [timeOf(message.at), message.edited && !message.deleted && 'Edited']
    .filter(Boolean)
    .join(' · ')
  return el(
    'div',
    {
      class: classes('row', own ? 'own' : 'other', author.kind, first && 'first', last && 'last'),
      dataset: { id: message.key },
    },
    first &&
      !own &&
      name &&
      el(
        'div',
        { class: 'author' },
        el('span', { class: 'avatar', ariaHidden: 'true' }, avatar(author, name)),
        name,
      ),
    el(
      'div',
      { class: 'line' },
      message.deleted
        ? el('p', { class: 'bubble deleted' }, 'This message was deleted')
        : el(
            'p',
            { class: 'bubble', dir: 'auto', title: last ? null : timeOf(message.at) },
            own && el('span', { class: 'aloud' }, 'You: '),
            linkify(message.text),
          ),
      !message.deleted && options.tools?.(message),
    ),
    (pressable || options.pastButtons) && buttons(message, pressable, options),
    (last || message.edited) && el('div', { class: 'meta' }, meta),
  )
}

/** @param {import('./protocol.js').Author} author @param {string} name */
function avatar(author, name) {
  if (author.kind === 'bot' || author.kind === 'system') return icon('leaf')
  return [...name][0]?.toUpperCase() ?? ''
}

/** @param {ShownMessage} message @param {boolean} pressable @param {RowOptions} options */
function buttons(message, pressable, options) {
  const offered = message.buttons.filter(({ payload }) => !options.shownElsewhere?.includes(payload))
  if (offered.length === 0) return null
  const group = el('div', { class: 'buttons', role: 'group', ariaLabel: 'Suggested answers' })
  for (const button of offered) {
    const press = options.press
    group.append(
      pressable && press
        ? el(
            'button',
            {
              type: 'button',
              class: 'offer',
              onclick: () => (group.classList.add('pressed'), press(button)),
            },
            button.title,
          )
        : el('span', { class: 'offer past' }, button.title),
    )
  }
  return group
}

/**
 * A message that the desk has not echoed yet.
 * @param {Entry} entry
 * @param {{first: boolean, last: boolean}} place
 * @param {RowOptions} options
 */
export function entryRow(entry, { first, last }, options) {
  const failed = entry.state === 'failed'
  return el(
    'div',
    {
      class: classes('row', 'own', options.ownKind, first && 'first', last && 'last', entry.state),
      dataset: { id: entry.id },
    },
    el(
      'div',
      { class: 'line' },
      el('p', { class: 'bubble', dir: 'auto' }, el('span', { class: 'aloud' }, 'You: '), linkify(entry.text)),
    ),
    failed
      ? el(
          'div',
          { class: 'meta failed', role: 'alert' },
          `Not sent${REFUSALS[entry.code ?? ''] ?? ''}. `,
          el(
            'button',
            { type: 'button', class: 'textlike', onclick: () => options.retry(entry.id) },
            'Try again',
          ),
          ' · ',
          el(
            'button',
            { type: 'button', class: 'textlike', onclick: () => options.giveUp(entry.id) },
            'Discard',
          ),
        )
      : el('div', { class: 'meta' }, entry.state === 'sent' ? timeOf(entry.at) : 'Sending…'),
  )
}

/** @type {Record<string, string>} */
const REFUSALS = {
  message_too_long: ': it is too long',
  message_empty: ': it is empty',
  text_invalid: ': it holds characters that cannot be shown',
  payload_not_offered: ': that choice is no longer open',
  not_yours: ': take the conversation over first',
}

/**
 * A line between bubbles: a transition, an identity, a linked conversation or a note.
 * @param {Exclude<Shown, ShownMessage>} item
 * @param {RowOptions} options
 * @returns {HTMLElement | null}
 */
export function lineRow(item, options) {
  if (item.kind === 'transition') {
    const words = options.describe(item)
    return words === null
      ? null
      : el(
          'div',
          { class: 'event' },
          el('span', {}, words),
          el('time', { datetime: item.at }, timeOf(item.at)),
        )
  }
  if (item.kind === 'identity') {
    const words = (KNOWN_BY[item.level] ?? 'Signed out') + (item.name ? ` as ${item.name}` : '')
    return el(
      'div',
      { class: 'event' },
      el('span', {}, words),
      el('time', { datetime: item.at }, timeOf(item.at)),
    )
  }
  if (item.kind === 'note') return options.note?.(item) ?? null
  const open = options.openLinked
  return el(
    open ? 'button' : 'div',
    { class: 'linked', type: open ? 'button' : null, onclick: open && (() => open(item.conversation)) },
    el('span', { class: 'linked-icon' }, icon('list')),
    el(
      'span',
      { class: 'linked-words' },
      el('strong', {}, item.title || 'A linked conversation'),
      open ? 'Open this conversation' : 'Goes on in another conversation',
    ),
    open && icon('arrow'),
  )
}

/** @param {...(string | false | null | undefined)} names */
function classes(...names) {
  return names.filter(Boolean).join(' ')
}
