/** @typedef {import('./conversation.js').ShownTransition} ShownTransition */

/**
 * A change of who speaks, in the customer's words.
 * @param {ShownTransition} transition
 * @param {string} assistant the bot's name
 * @returns {string | null} null if the customer need not hear of it
 */
export function forCustomer({ from, to, reason, agent }, assistant) {
  if (to === 'agent') return `${agent ?? 'A colleague'} has joined`
  if (to === 'resolved') return agent ? `${agent} has closed this conversation` : 'This conversation is closed'
  if (to === 'bot') {
    if (from === 'waiting') return `You have left the queue. ${assistant} is here`
    return `You are back with ${assistant}`
  }
  if (reason === 'agent_silent' || reason === 'agent_offline') return 'Your agent had to leave. We are finding you another'
  if (reason === 'left_message') return 'Your message is waiting for our team'
  if (reason === 'asked') return 'You asked for a person'
  return `${assistant} is passing you on to a person`
}

/** @type {Record<string, string>} */
export const REASONS = {
  asked: 'Asked for a person',
  not_understood: 'Not understood',
  upset: 'Upset',
  bot_failed: 'Assistant failed',
  left_message: 'Left a message',
  taken_over: 'Taken over',
  handed_back: 'Handed back',
  resolved: 'Resolved',
  agent_silent: 'Agent went silent',
  agent_offline: 'Agent went offline',
  no_longer_wanted: 'Left the queue',
  customer_wrote: 'Customer wrote again',
  policy: 'Beyond policy',
}

/**
 * The same in an agent's words.
 * @param {ShownTransition} transition
 */
export function forAgent({ to, reason, agent }) {
  if (reason === 'taken_over') return `${agent ?? 'An agent'} took over`
  if (to === 'agent') return `${agent ?? 'An agent'} has the conversation`
  if (to === 'resolved') return agent ? `Resolved by ${agent}` : 'Resolved'
  if (reason === 'handed_back') return agent ? `${agent} handed back to the assistant` : 'Handed back to the assistant'
  if (to === 'waiting') return `${REASONS[reason] ?? reason} · waiting for a person`
  return `With the assistant · ${REASONS[reason] ?? reason}`
}
