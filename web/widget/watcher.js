/**
 * Who is told what changes among the visitor's conversations. For the type checker alone; nothing here runs.
 *
 * @typedef {object} Watcher
 * @property {(conversation: string | null) => void} changed null: the list itself
 * @property {(state: import('../shared/connection_types.js').ConnectionState) => void} connection
 * @property {(conversation: string, author: import('../shared/protocol.js').Author) => void} typing
 * @property {() => void} signInEnded the shop's sign-in lapsed and the page gave no way to renew it
 */

export {}
