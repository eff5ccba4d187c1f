/**
 * How an agent reaches the desk.
 * @param {import('./agent_desk.js').AgentDesk} desk
 * @returns {import('../shared/connection_types.js').Line}
 */
export function agentLine(desk) {
  return {
    socketUrl: `${location.origin.replace(/^http/, 'ws')}/v1/agent/socket`,
    hello: async () => {
      await desk.resume() // a refused socket gives no reason; this does
      return null
    },
    read: (id, after) => desk.call('GET', `conversations/${id}/events?after=${after}&limit=500`),
    write: ({ id, conversation, text }) =>
      desk.call('PUT', `conversations/${conversation}/messages/${id}`, { text }),
    readInbox: async () => (await desk.call('GET', 'inbox')).rows,
  }
}
