import { asApiError, call } from '/shared/api.js'
import { el, fill } from '/shared/element.js'
import { Storage } from '/shared/storage.js'
import { RapportChat } from '/widget/rapport.js'
import { drawingOf } from './drawings.js'

/** @typedef {{id: string, name: string, blurb: string}} Customer */

const storage = new Storage('demo-shop:')
const SHOWN_FIRST = 12

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}

/** @type {Customer[]} */
let customers = []

/** The shop's own sign-in: its back end says who the customer is by a fresh JWT. @param {string} id */
async function freshToken(id) {
  const { jwt } = await call('/demo/sign-in', {
    method: 'POST',
    body: { customer_id: id },
    credentials: 'same-origin',
  })
  return jwt
}

/** @param {string | null} id null: a visitor */
async function become(id) {
  storage.set('customer', id)
  showCustomers(id)
  try {
    if (id) await RapportChat.signIn(() => freshToken(id))
    else await RapportChat.signOut()
    byId('problem').textContent = ''
  } catch (error) {
    byId('problem').textContent = `That did not work: ${asApiError(error).message}`
  }
  showCustomers()
}

/** @param {string | null} [busy] the one who is being signed in */
function showCustomers(busy) {
  const current = storage.get('customer')
  const signedIn = customers.find(({ id }) => id === current)
  byId('account').textContent = signedIn ? `Signed in as ${signedIn.name}` : 'Visitor'
  byId('account').classList.toggle('signed-in', Boolean(signedIn))
  const visitor = { id: '', name: 'Stay a visitor', blurb: 'Nobody knows who you are' }
  const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.id : undefined
  fill(
    byId('customers'),
    [...customers, visitor].map(({ id, name, blurb }) =>
      el(
        'button',
        {
          type: 'button',
          class: 'customer',
          ariaPressed: String(id === (signedIn?.id ?? '')),
          ariaBusy: id === busy ? 'true' : null,
          dataset: { id },
          onclick: () => become(id || null),
        },
        el(
          'span',
          { class: 'portrait', ariaHidden: 'true' },
          id
            ? name
                .split(' ')
                .map((word) => word[0])
                .join('')
                .slice(0, 2)
            : '?',
        ),
        el('span', {}, el('strong', {}, name), el('span', { class: 'blurb' }, blurb)),
      ),
    ),
  )
  if (held !== undefined)
    for (const button of byId('customers').querySelectorAll('button'))
      if (button.dataset.id === held) button.focus()
}

/** @param {{name: string, category: string, price: string, blurb: string, colour: string}} product */
function productCard(product) {
  const picture = el('div', { class: 'picture' }, drawingOf(product))
  if (/^#[0-9a-f]{6}$/i.test(product.colour)) picture.style.setProperty('--thing', product.colour)
  return el(
    'li',
    { class: 'product' },
    picture,
    el('h3', {}, product.name),
    el('p', { class: 'facts' }, product.category, el('span', { class: 'price' }, product.price)),
    el('p', { class: 'said' }, product.blurb),
  )
}

async function showProducts() {
  const { products } = await call('/demo/products')
  fill(byId('grid'), products.slice(0, SHOWN_FIRST).map(productCard))
  const rest = products.slice(SHOWN_FIRST)
  if (rest.length === 0) return
  const more = el('button', { type: 'button', class: 'more' }, `Show all ${products.length}`)
  more.addEventListener('click', () => {
    byId('grid').append(...rest.map(productCard))
    more.remove()
  })
  byId('grid').after(more)
}

async function showAgents() {
  const { agents } = await call('/demo/agents')
  fill(
    byId('agents'),
    agents.map((/** @type {{name: string, email: string, password: string}} */ { name, email, password }) =>
      el(
        'tr',
        {},
        el('td', {}, name),
        el('td', {}, el('code', {}, email)),
        el('td', {}, el('code', {}, password)),
      ),
    ),
  )
}

async function showWhoOneIs() {
  customers = (await call('/demo/customers')).customers
  const current = storage.get('customer')
  if (current && customers.some(({ id }) => id === current)) await become(current)
  else showCustomers()
}

for (const part of [showWhoOneIs, showProducts, showAgents])
  part().catch((error) => console.error(asApiError(error).code))
