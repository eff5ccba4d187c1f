import { el } from '../shared/element.js'
import { dayAndTime } from '../shared/format.js'
import { icon } from '../shared/icons.js'

const STARTERS = [
  'Where is my order?',
  'How many points do I have?',
  'Show my orders',
  'What is your return policy?',
]

/**
 * What stands at the head of every conversation, stored nowhere: the greeting and, until something is said,
 * how to begin.
 * @param {import('../shared/protocol.js').DeskConfig} config
 * @param {{name: string | null, fresh: boolean, say: (text: string) => void}} options
 * @returns {HTMLElement[]}
 */
export function opening(config, { name, fresh, say }) {
  const greeting = name
    ? config.greeting.replace(/^(hi|hello|welcome)\b/i, `$1 ${name.split(' ')[0]}`)
    : config.greeting
  const bubble = el(
    'div',
    { class: 'row other bot first last' },
    el(
      'div',
      { class: 'author' },
      el('span', { class: 'avatar', ariaHidden: 'true' }, icon('leaf')),
      `${config.assistant} · Digital assistant`,
    ),
    el('div', { class: 'line' }, el('p', { class: 'bubble', dir: 'auto' }, greeting)),
  )
  if (!fresh) return [bubble]
  const starters = el(
    'div',
    { class: 'row other' },
    el(
      'div',
      { class: 'buttons starters', role: 'group', ariaLabel: 'Ways to begin' },
      STARTERS.map((text) =>
        el('button', { type: 'button', class: 'offer', onclick: () => say(text) }, text),
      ),
    ),
  )
  if (config.people_available || !config.people_back_at) return [bubble, starters]
  return [
    bubble,
    starters,
    el(
      'p',
      { class: 'event' },
      `Our people are back ${dayAndTime(config.people_back_at)}. You can leave them a message any time.`,
    ),
  ]
}
