import { el } from '../shared/element.js'

/**
 * A question in a dialog.
 * @param {{title: string, words: string, yes: string, note?: string, danger?: boolean}} question `note`:
 *   label of an optional text
 * @returns {Promise<{note: string} | null>} null if the agent thought better of it
 */
export function ask({ title, words, yes, note, danger = false }) {
  const text = note ? el('textarea', { id: 'ask-note', rows: 3, maxlength: 2000 }) : null
  const dialog = el(
    'dialog',
    { class: 'ask', ariaLabel: title },
    el(
      'form',
      { method: 'dialog' },
      el('h2', {}, title),
      el('p', {}, words),
      text && el('label', { for: 'ask-note' }, note),
      text,
      el(
        'div',
        { class: 'ask-ways' },
        el(
          'button',
          { class: 'secondary', value: '', type: 'button', onclick: () => dialog.close('') },
          'Cancel',
        ),
        el(
          'button',
          { class: danger ? 'primary danger' : 'primary', value: 'yes', type: 'submit', autofocus: !text },
          yes,
        ),
      ),
    ),
  )
  text?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) dialog.close('yes')
  })
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes' ? { note: text?.value.trim() ?? '' } : null)
    })
  })
}
