import { wearAccent } from '../shared/accent.js'
import { asApiError, call } from '../shared/api.js'
import { AgentDesk } from './agent_desk.js'
import { signInPage } from './sign_in.js'
import { Workplace } from './workplace.js'

const desk = new AgentDesk()
/** @type {import('../shared/protocol.js').DeskConfig | null} */
let config = null

/** @param {string} [notice] */
function askToSignIn(notice = '') {
  document.title = 'Rapport console'
  document.body.replaceChildren(signInPage(desk, { shop: config?.shop ?? '', notice, done: work }))
  document.querySelector('input')?.focus()
}

function work() {
  const workplace = new Workplace(desk, config?.assistant ?? 'the assistant')
  desk.onSignedOut = () => {
    workplace.stop()
    desk.agent = { id: '', name: '', email: '' }
    askToSignIn('Your session has ended. Sign in again.')
  }
  document.body.replaceChildren(workplace.element)
  workplace.start()
}

try {
  config = await call('/v1/visitor/config')
  wearAccent(document.documentElement, config?.colour)
} catch (error) {
  console.error(asApiError(error).code) // the console works without the shop's name and colour
}
try {
  await desk.resume()
  work()
} catch (error) {
  askToSignIn(asApiError(error).code === 'unreachable' ? 'The desk cannot be reached.' : '')
}
