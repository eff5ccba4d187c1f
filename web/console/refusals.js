/** @type {Record<string, string>} */
const WORDS = {
  already_taken_over: 'A colleague was quicker and has taken this conversation.',
  not_yours: 'Take the conversation over first.',
  move_refused: 'The conversation has moved on; that is not possible any more.',
  epoch_moved: 'Somebody moved this conversation at the same moment. Look again and try once more.',
  unreachable: 'No connection. Nothing was changed.',
  too_many_messages: 'The desk is busy with this conversation. Try again in a moment.',
  message_too_long: 'That text is too long: 4,000 characters at most.',
  not_found: 'That conversation or message is no longer there.',
  credentials_invalid: 'That e-mail address and password do not match.',
  not_authenticated: 'Your session has ended. Sign in again.',
}

/**
 * A refusal in an agent's words.
 * @param {import('../shared/api.js').ApiError} error
 */
export function inWords(error) {
  if (error.code === 'too_many_attempts')
    return `Too many attempts. Wait ${error.retryAfter ?? 60} seconds, then try again.`
  return WORDS[error.code] ?? error.message
}
