import { asApiError, call } from '/shared/api.js'
import { el, fill } from '/shared/element.js'
import { dayAndTime } from '/shared/format.js'

/** @typedef {{id: string, to: string, subject: string, text: string, at: string, attachments: string[]}} Mail */

const EVERY = 2000 // milliseconds

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}

/** Ids of the mails on the page. @type {Set<string>} */
const shown = new Set()

/** @param {Mail} mail */
function mailCard({ id, to, subject, text, at, attachments }) {
  return el(
    'li',
    { class: 'mail', dataset: { id } },
    el('h2', {}, subject),
    el('p', { class: 'facts' }, el('span', {}, `To ${to}`), el('time', { datetime: at }, dayAndTime(at))),
    el('p', { class: 'words' }, text),
    attachments.length > 0 && el('p', { class: 'attached' }, `Attached: ${attachments.join(', ')}`),
  )
}

async function look() {
  /** @type {{mails: Mail[]}} */
  const { mails } = await call('/demo/mails')
  const fresh = mails.filter(({ id }) => !shown.has(id))
  // One by one from the oldest, so that the newest ends up on top; what is there stays where the reader has it
  for (const mail of fresh.reverse()) {
    shown.add(mail.id)
    byId('mails').prepend(mailCard(mail))
  }
  byId('state').textContent = shown.size === 0 ? 'No mail yet.' : ''
}

async function keepLooking() {
  try {
    if (document.visibilityState === 'visible') await look()
  } catch (error) {
    byId('state').textContent = `The mailbox cannot be read just now: ${asApiError(error).message}`
  }
  setTimeout(keepLooking, EVERY)
}

async function showAddresses() {
  /** @type {{customers: {name: string, email: string | null}[]}} */
  const { customers } = await call('/demo/customers')
  fill(
    byId('addresses'),
    customers
      .filter(({ email }) => email)
      .map(({ name, email }) => el('li', {}, `${name}: `, el('code', {}, email))),
  )
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') look().catch((error) => console.error(asApiError(error).code))
})
showAddresses().catch((error) => console.error(asApiError(error).code))
keepLooking()
