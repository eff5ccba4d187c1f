/**
 * How a visitor reaches the desk.
 * @param {string} desk
 * @param {import('./visitor.js').Visitor} visitor
 * @returns {import('../shared/connection_types.js').Line}
 */
export function visitorLine(desk, visitor) {
  return {
    socketUrl: `${desk.replace(/^http/, 'ws')}/v1/visitor/socket`,
    hello: async () => ({ type: 'hello', token: await visitor.ensureToken() }),
    read: (id, after) => visitor.call('GET', `conversations/${id}/events?after=${after}&limit=500`),
    write: ({ id, conversation, text, payload }) =>
      visitor.call(
        'PUT',
        `conversations/${conversation}/messages/${id}`,
        payload === undefined ? { text } : { payload, text },
      ),
  }
}
