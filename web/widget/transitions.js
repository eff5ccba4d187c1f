/**
 * A change of who speaks, in the customer's words.
 * @param {import('../shared/shown.js').ShownTransition} transition
 * @param {string} assistant the bot's name
 * @returns {string | null} null if the customer need not hear of it
 */
export function forCustomer({ from, to, reason, agent }, assistant) {
  if (to === 'agent') return `${agent ?? 'A colleague'} has joined`
  if (to === 'resolved')
    return agent ? `${agent} has closed this conversation` : 'This conversation is closed'
  if (to === 'bot') {
    if (from === 'waiting') return `You have left the queue. ${assistant} is here`
    return `You are back with ${assistant}`
  }
  if (reason === 'agent_silent' || reason === 'agent_offline')
    return 'Your agent had to leave. We are finding you another'
  if (reason === 'left_message') return 'A message for our team'
  if (reason === 'asked') return 'You asked for a person'
  return `${assistant} is passing you on to a person`
}
