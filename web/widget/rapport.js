/**
 * What a shop puts on its pages:
 *
 *     <script type="module" src="https://DESK/widget/rapport.js" data-side="left"></script>
 *
 * and, where its customers sign in, `Rapport.signIn(async () => jwt)`. `rapport:ready` is heard on `window`
 * once `Rapport` is there.
 */
import { RapportChatElement } from './rapport_chat.js'

const desk = new URL(import.meta.url).origin

if (!customElements.get('rapport-chat')) customElements.define('rapport-chat', RapportChatElement)

/** @returns {RapportChatElement} the page's own element, or one of ours */
function place() {
  const own = document.querySelector('rapport-chat')
  if (own instanceof RapportChatElement) return own
  const chat = new RapportChatElement()
  const script =
    document.querySelector(`script[src^="${CSS.escape(import.meta.url)}"]`) ??
    document.querySelector('script[src*="/widget/rapport.js"]')
  for (const { name, value } of script?.attributes ?? []) {
    if (name.startsWith('data-')) chat.setAttribute(name.slice(5), value)
  }
  if (!chat.hasAttribute('desk')) chat.setAttribute('desk', desk)
  document.body.append(chat)
  return chat
}

const chat = place()

/** What the shop's page may ask of the widget. */
export const RapportChat = Object.freeze({
  open: () => chat.open(),
  close: () => chat.close(),

  /**
   * Makes the visitor a customer of the shop.
   * @param {() => Promise<string>} getToken a fresh JWT from the shop's back end; called again when the
   *   sign-in has lapsed
   */
  signIn: (getToken) => chat.signIn(getToken),

  /** Ends the session at the desk and leaves nothing of it in this browser. */
  signOut: () => chat.signOut(),
})

Object.assign(window, { Rapport: RapportChat })
dispatchEvent(new Event('rapport:ready'))
