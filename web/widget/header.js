import { el, fill } from '../shared/element.js'
import { icon } from '../shared/icons.js'

/** @typedef {{label: string, icon: Parameters<typeof icon>[0], choose: () => void}} Choice */

/** Who one is talking to, and the menu. */
export class Header {
  #name = el('h2', { class: 'who' })
  #status = el('p', { class: 'status' })
  #avatar = el('span', { class: 'portrait', ariaHidden: 'true' })
  #menu = el('div', { class: 'menu', hidden: true, id: 'rapport-menu' })
  #more = el(
    'button',
    {
      type: 'button',
      class: 'round',
      ariaLabel: 'More',
      ariaExpanded: 'false',
      ariaControls: 'rapport-menu',
      onclick: () => this.#toggle(),
    },
    icon('more'),
  )
  #dot = el('span', { class: 'dot', hidden: true })
  element
  #shown = ''

  /**
   * @param {{list: () => void, close: () => void}} actions
   */
  constructor({ list, close }) {
    const back = el(
      'button',
      { type: 'button', class: 'round', ariaLabel: 'Your conversations', onclick: list },
      icon('back'),
      this.#dot,
    )
    this.element = el(
      'div',
      { class: 'header' },
      back,
      this.#avatar,
      el('div', { class: 'names' }, this.#name, this.#status),
      this.#more,
      el(
        'button',
        { type: 'button', class: 'round', ariaLabel: 'Close chat', onclick: close },
        icon('close'),
      ),
      this.#menu,
    )
    this.#menu.addEventListener('focusout', (event) => {
      const to = event.relatedTarget
      if (to instanceof Node && to !== this.#more && !this.#menu.contains(to)) this.closeMenu()
    })
  }

  /**
   * @param {{name: string, status: string, person: boolean, choices: Choice[], elsewhereUnread: boolean}}
   *   shown
   */
  render({ name, status, person, choices, elsewhereUnread }) {
    this.#dot.hidden = !elsewhereUnread
    const marks = [name, status, person, ...choices.map(({ label }) => label)].join('|')
    if (marks === this.#shown) return
    this.#shown = marks
    this.#name.textContent = name
    this.#status.textContent = status
    this.#avatar.classList.toggle('person', person)
    fill(this.#avatar, person ? ([...name][0] ?? '').toUpperCase() : icon('leaf'))
    fill(
      this.#menu,
      choices.map(({ label, icon: drawing, choose }) =>
        el('button', { type: 'button', onclick: () => (this.closeMenu(), choose()) }, icon(drawing), label),
      ),
    )
  }

  /** @returns {boolean} whether it was open */
  closeMenu() {
    if (this.#menu.hidden) return false
    this.#menu.hidden = true
    this.#more.setAttribute('aria-expanded', 'false')
    this.#more.focus()
    return true
  }

  #toggle() {
    if (this.closeMenu()) return
    this.#menu.hidden = false
    this.#more.setAttribute('aria-expanded', 'true')
    this.#menu.querySelector('button')?.focus()
  }
}
