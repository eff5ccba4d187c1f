import { asApiError } from '../shared/api.js'
import { el } from '../shared/element.js'
import { icon } from './icons.js'
import { inWords } from './refusals.js'

/**
 * The sign-in page.
 * @param {import('./agent_desk.js').AgentDesk} desk
 * @param {{shop: string, notice: string, done: () => void}} options
 */
export function signInPage(desk, { shop, notice, done }) {
  const email = el('input', {
    id: 'email',
    type: 'email',
    autocomplete: 'username',
    required: true,
    spellcheck: 'false',
  })
  const password = el('input', {
    id: 'password',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
  })
  const problem = el('p', { class: 'form-problem', role: 'alert' }, notice)
  const button = el('button', { class: 'primary', type: 'submit' }, 'Sign in')
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault()
    button.setAttribute('aria-busy', 'true')
    try {
      await desk.signIn(email.value.trim(), password.value)
      done()
    } catch (error) {
      problem.textContent = inWords(asApiError(error))
      password.select()
    } finally {
      button.removeAttribute('aria-busy')
    }
  }
  return el(
    'main',
    { class: 'sign-in' },
    el(
      'form',
      { class: 'sign-in-card', onsubmit: submit },
      el('span', { class: 'mark' }, icon('bubble')),
      el('h1', {}, 'Agents’ console'),
      el('p', { class: 'sign-in-shop' }, shop),
      el('label', { for: 'email' }, 'E-mail'),
      email,
      el('label', { for: 'password' }, 'Password'),
      password,
      problem,
      button,
    ),
  )
}
