import { el } from '../shared/element.js'
import { linkify, timeOf } from '../shared/format.js'
import { icon } from './icons.js'

/**
 * A note among the bubbles, plainly not for the customer.
 * @param {import('../shared/shown.js').ShownNote} note
 */
export function noteRow({ key, author, text, at }) {
  return el(
    'div',
    { class: 'row note', dataset: { id: key } },
    el('div', { class: 'note-head' }, icon('note'), `Note by ${author ?? 'an agent'} · only agents see this`),
    el('p', { class: 'bubble', dir: 'auto' }, linkify(text)),
    el('div', { class: 'meta' }, timeOf(at)),
  )
}
