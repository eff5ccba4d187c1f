/** Why a conversation changed hands, in an agent's words. @type {Record<string, string>} */
export const REASONS = {
  asked: 'Asked for a person',
  not_understood: 'Not understood',
  failed_tries: 'Several tries failed',
  priority: 'Not understood, has priority',
  upset: 'Upset',
  legal: 'Legal matter',
  safety: 'Safety',
  fraud: 'Fraud',
  self_harm: 'Self-harm',
  press: 'Press',
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
 * A change of who speaks, in an agent's words.
 * @param {import('../shared/shown.js').ShownTransition} transition
 */
export function forAgent({ to, reason, agent }) {
  if (reason === 'taken_over') return `${agent ?? 'An agent'} took over`
  if (to === 'agent') return `${agent ?? 'An agent'} has the conversation`
  if (to === 'resolved') return agent ? `Resolved by ${agent}` : 'Resolved'
  if (reason === 'handed_back')
    return agent ? `${agent} handed back to the assistant` : 'Handed back to the assistant'
  if (to === 'waiting') return `${REASONS[reason] ?? reason} · waiting for a person`
  return `With the assistant · ${REASONS[reason] ?? reason}`
}
