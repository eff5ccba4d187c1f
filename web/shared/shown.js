/** What a transcript is made of, for the type checker alone; nothing here runs. */

/**
 * One thing to show in a transcript, keyed so that an optimistic bubble and its echo are the same thing.
 * @typedef {object} ShownMessage
 * @property {'message'} kind
 * @property {string} key the message's id
 * @property {number} seq
 * @property {string} at
 * @property {import('./protocol.js').Author} author
 * @property {string} text
 * @property {import('./protocol.js').Button[]} buttons
 * @property {boolean} edited
 * @property {boolean} deleted
 *
 * @typedef {{kind: 'transition', key: string, seq: number, at: string, from: string, to: string, reason:
 *   string, agent: string | null}} ShownTransition
 * @typedef {{kind: 'linked', key: string, seq: number, at: string, conversation: string, title: string}}
 *   ShownLink
 * @typedef {{kind: 'note', key: string, seq: number, at: string, author: string | null, text: string}}
 *   ShownNote
 * @typedef {{kind: 'identity', key: string, seq: number, at: string, level: string, name: string | null}}
 *   ShownIdentity
 * @typedef {ShownMessage | ShownTransition | ShownLink | ShownNote | ShownIdentity} Shown
 */

/**
 * A message on its way. `sending` is tried until the desk answers; `sent` is stored and waits for its echo,
 * in memory only;
 * `failed` was refused for good and waits for its author to try again or give it up.
 * @typedef {import('./connection_types.js').Outgoing & {at: string, state: 'sending' | 'sent' | 'failed',
 *   code: string | null}} Entry
 */

/**
 * What a row may call and say; the widget and the console each give their own.
 * @typedef {object} RowOptions
 * @property {'customer' | 'agent'} ownKind whose bubbles stand on the right
 * @property {string} [ownName] only of the one with this name
 * @property {(transition: ShownTransition) => string | null} describe
 * @property {(author: import('./protocol.js').Author) => string} nameOf
 * @property {boolean} [pastButtons] show the buttons of older messages too, as what they were
 * @property {(button: import('./protocol.js').Button) => void} [press]
 * @property {string[]} [shownElsewhere] payloads whose buttons stand somewhere else already
 * @property {(id: string) => void} retry
 * @property {(id: string) => void} giveUp
 * @property {(conversation: string) => void} [openLinked]
 * @property {(note: ShownNote) => HTMLElement} [note]
 * @property {(message: ShownMessage) => HTMLElement | null} [tools] what can be done to an own message
 */

export {}
