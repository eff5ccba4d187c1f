import { Composer } from '../shared/composer.js'
import { el } from '../shared/element.js'

/**
 * Where an agent writes: a reply to the customer, a note to colleagues, or the new text of an own message.
 */
export class ReplyBox {
  #actions
  /** @type {'reply' | 'note'} */
  #mode = 'reply'
  /** @type {string | null} */
  #editing = null
  #shownId = ''
  #mine = false
  /** @type {Map<string, string>} */
  #drafts = new Map()
  #composer
  #reply = el('button', { type: 'button', class: 'mode', onclick: () => this.choose('reply') }, 'Reply')
  #note = el('button', { type: 'button', class: 'mode', onclick: () => this.choose('note') }, 'Note')
  #editBar = el(
    'div',
    { class: 'edit-bar', hidden: true },
    'Changing a message that was sent',
    el('button', { type: 'button', class: 'textlike', onclick: () => this.#stopEditing() }, 'Cancel'),
  )
  #hint = el('span', { class: 'hint' })
  element

  /** @param {import('./transcript.js').Actions} actions */
  constructor(actions) {
    this.#actions = actions
    this.#composer = new Composer({
      limit: 4000,
      placeholder: '',
      needsCtrl: true,
      send: (text) => this.#send(text),
      typed: () => this.#mode === 'reply' && this.#mine && !this.#editing && actions.typing(),
    })
    this.element = el(
      'div',
      { class: 'reply-box' },
      el(
        'div',
        { class: 'modes', role: 'group', ariaLabel: 'What to write' },
        this.#reply,
        this.#note,
        this.#hint,
      ),
      this.#editBar,
      this.#composer.element,
    )
  }

  /**
   * @param {string} id
   * @param {{mine: boolean, state: string, holder: string}} conversation
   */
  show(id, { mine, state, holder }) {
    if (id !== this.#shownId) {
      if (this.#shownId) this.#drafts.set(this.#shownId, this.#editing ? '' : this.#composer.text)
      this.#editing = null
      this.#shownId = id
      this.#composer.text = this.#drafts.get(id) ?? ''
      this.#mode = mine ? 'reply' : 'note'
    } else if (mine && !this.#mine && !this.#composer.text) this.#mode = 'reply'
    else if (!mine && this.#mine) this.#mode = 'note'
    this.#mine = mine
    this.#hint.textContent = mine
      ? ''
      : state === 'resolved'
        ? 'Resolved: notes only'
        : state === 'waiting'
          ? 'Take over to reply'
          : `${holder} has it: take over to reply`
    this.#render()
  }

  /** @param {'reply' | 'note'} mode */
  choose(mode) {
    if (mode === 'reply' && !this.#mine) return
    this.#stopEditing()
    this.#mode = mode
    this.#render()
    this.#composer.focus()
  }

  /** @param {string} id @param {string} text */
  edit(id, text) {
    this.#editing = id
    this.#mode = 'reply'
    this.#composer.text = text
    this.#render()
    this.#composer.focus()
  }

  #stopEditing() {
    if (!this.#editing) return
    this.#editing = null
    this.#composer.text = ''
    this.#render()
  }

  /** @param {string} text */
  async #send(text) {
    const editing = this.#editing
    const restore = () => {
      if (!this.#composer.text) this.#composer.text = text
    }
    if (editing) {
      this.#editing = null
      this.#render()
      if (!(await this.#actions.edit(editing, text))) restore()
    } else if (this.#mode === 'note') {
      if (!(await this.#actions.note(text))) restore()
    } else this.#actions.reply(text)
  }

  #render() {
    this.#reply.setAttribute('aria-pressed', String(this.#mode === 'reply'))
    this.#note.setAttribute('aria-pressed', String(this.#mode === 'note'))
    this.#reply.setAttribute('aria-disabled', String(!this.#mine))
    this.#editBar.hidden = this.#editing === null
    this.element.classList.toggle('noting', this.#mode === 'note')
    this.#composer.prompt(
      this.#editing
        ? 'The new text'
        : this.#mode === 'note'
          ? 'A note that only agents see'
          : 'Reply to the customer',
    )
  }
}
