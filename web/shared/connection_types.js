/** What a connection is given and tells, for the type checker alone; nothing here runs. */

/** @typedef {import('./protocol.js').Event} Event */
/** @typedef {import('./protocol.js').Author} Author */
/** @typedef {import('./protocol.js').InboxRow} InboxRow */
/** @typedef {{id: string, conversation: string, text: string, payload?: string}} Outgoing */
/** @typedef {'idle' | 'connecting' | 'live' | 'polling' | 'lost'} ConnectionState */

/**
 * How this side reaches the desk.
 * @typedef {object} Line
 * @property {string} socketUrl
 * @property {() => Promise<object | null>} hello the first frame; null where a cookie speaks for us
 * @property {(conversation: string, after: number) => Promise<import('./protocol.js').EventPage>} read over
 *   HTTP
 * @property {(outgoing: Outgoing) => Promise<{seq: number}>} write over HTTP
 * @property {() => Promise<InboxRow[]>} [readInbox] over HTTP, agents only
 */

/**
 * @typedef {object} Listener
 * @property {(state: ConnectionState) => void} state
 * @property {(conversation: string, events: Event[]) => void} events
 * @property {(conversation: string) => void} caughtUp
 * @property {(conversation: string, author: Author) => void} typing
 * @property {(code: string) => void} ended the desk no longer knows us; nothing is tried until `start`
 * @property {(rows: InboxRow[], complete: boolean) => void} [inbox]
 */

export {}
