import { el } from '../shared/element.js'
import { icon } from './icons.js'

/**
 * Who works here, and the way out.
 * @param {string} name
 * @param {HTMLElement} bell
 * @param {() => void} signOut
 */
export function topBar(name, bell, signOut) {
  return el(
    'header',
    { class: 'top' },
    el('span', { class: 'mark' }, icon('bubble')),
    el('div', { class: 'top-names' }, el('strong', {}, 'Rapport'), el('span', {}, name)),
    bell,
    el(
      'button',
      { type: 'button', class: 'plain', ariaLabel: 'Sign out', title: 'Sign out', onclick: signOut },
      icon('out'),
    ),
  )
}
