/**
 * The shapes of docs/protocol.md, for the type checker alone; nothing here runs.
 *
 * @typedef {'bot' | 'waiting' | 'agent' | 'resolved'} State
 * @typedef {{kind: 'customer' | 'bot' | 'agent' | 'system', name: string | null}} Author
 * @typedef {{title: string, payload: string}} Button
 * @typedef {{id: string, author: Author, text: string, buttons: Button[], reply_to: string | null}} Message
 * @typedef {{id: string, author: {name: string | null}, text: string}} Note
 *
 * @typedef {{seq: number, at: string} & (
 *   {type: 'message', message: Message}
 *   | {type: 'message_edited', message_id: string, text: string}
 *   | {type: 'message_deleted', message_id: string}
 *   | {type: 'transition', epoch: number, from: State, to: State, reason: string, agent: {name: string} |
 * null}
 *   | {type: 'queue', position: number, expected_wait_seconds: number | null}
 *   | {type: 'identity', level: 'visitor' | 'order_holder' | 'verified' | 'signed_in', name: string | null}
 *   | {type: 'linked', conversation_id: string, title: string}
 *   | {type: 'note', note: Note}
 *   | {type: 'withheld'}
 * )} Event
 *
 * @typedef {object} ConversationDocument
 * @property {string} id
 * @property {State} state
 * @property {number} epoch
 * @property {number} last_seq
 * @property {string} started_at
 * @property {string} active_at
 * @property {string | null} title
 * @property {{name: string} | null} agent
 * @property {{position: number, expected_wait_seconds: number | null} | null} queue
 * @property {boolean} bot_while_waiting
 * @property {boolean} left_message a message left while people were away; nobody waits in line with it
 * @property {Contact} [contact]  agents only
 * @property {HandoffCard | null} [card]  agents only
 *
 * @typedef {{name: string | null, level: string, tier: string | null, email?: string | null}} Contact
 * @typedef {{events: Event[], last_seq: number, more: boolean}} EventPage
 *
 * @typedef {object} DeskConfig
 * @property {string} shop
 * @property {string} assistant
 * @property {string} greeting
 * @property {string} colour
 * @property {string[]} languages
 * @property {boolean} people_available
 * @property {string | null} people_back_at
 * @property {number} max_text
 *
 * @typedef {object} InboxRow
 * @property {string} id
 * @property {State} state
 * @property {number} epoch
 * @property {number} last_seq
 * @property {string} active_at
 * @property {string | null} title
 * @property {string | null} preview
 * @property {Contact} contact
 * @property {{id: string, name: string} | null} agent
 * @property {string | null} reason
 * @property {number} priority
 * @property {string | null} waiting_since
 *
 * @typedef {object} HandoffCard
 * @property {string} reason
 * @property {string} reason_text
 * @property {string | null} asked
 * @property {string} requested_at
 * @property {{level: string, name: string | null, email: string | null, how_sure: string}} identity
 * @property {{number: string, placed_on: string, status: string, total: string}[]} orders
 * @property {number} orders_count
 * @property {{balance: number, tier: string | null} | null} points
 * @property {string[]} tried
 * @property {Record<string, string>} slots
 * @property {{text: string, intent: string, confidence: number}[]} understood
 */

export {}
