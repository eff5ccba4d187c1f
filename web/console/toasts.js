import { asApiError } from '../shared/api.js'
import { el } from '../shared/element.js'
import { icon } from './icons.js'
import { inWords } from './refusals.js'

const LASTS = 7000

/** Short messages at the foot of the page. */
export class Toasts {
  element = el('div', { class: 'toasts', role: 'status', ariaLive: 'assertive' })

  /** @param {string} words */
  say(words) {
    const toast = el('div', { class: 'toast' }, icon('warning'), el('span', {}, words))
    toast.append(
      el('button', { type: 'button', ariaLabel: 'Dismiss', onclick: () => toast.remove() }, icon('close')),
    )
    this.element.append(toast)
    setTimeout(() => toast.remove(), LASTS)
  }

  /**
   * Does `step`; a refusal is said in plain words.
   * @param {() => Promise<unknown>} step
   * @returns {Promise<boolean>} whether it went well
   */
  async attempt(step) {
    try {
      await step()
      return true
    } catch (error) {
      this.say(inWords(asApiError(error)))
      return false
    }
  }
}
