/** A refusal by the desk, or `unreachable` when no answer came. */
export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{status?: number, retryAfter?: number | null}} [more] `retryAfter` in seconds
   */
  constructor(code, message, { status = 0, retryAfter = null } = {}) {
    super(message)
    this.code = code
    this.status = status
    this.retryAfter = retryAfter
  }

  /** Whether the same call may go through later. */
  get passing() {
    return this.code === 'unreachable' || this.status >= 500 || this.retryAfter !== null
  }
}

const TIMEOUT = 15_000

/**
 * What was thrown, as an ApiError: a fault of our own becomes `client_error`.
 * @param {unknown} error
 * @returns {ApiError}
 */
export function asApiError(error) {
  if (error instanceof ApiError) return error
  console.error(error)
  return new ApiError('client_error', 'Something went wrong on this page.')
}

/**
 * One JSON call.
 * @param {string} url
 * @param {{method?: string, body?: unknown, headers?: Record<string, string>, credentials?:
 *   RequestCredentials}} [options]
 * @returns {Promise<any>} the answer's body, null for 204
 * @throws {ApiError}
 */
export async function call(url, { method = 'GET', body, headers = {}, credentials = 'omit' } = {}) {
  /** @type {Response} */
  let response
  let answer = null
  try {
    response = await fetch(url, {
      method,
      credentials,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT),
      cache: 'no-store',
    })
    const text = response.status === 204 ? '' : await response.text()
    if (text) answer = parse(text)
  } catch {
    throw new ApiError('unreachable', 'There is no connection right now.')
  }
  if (response.ok && answer !== undefined) return answer
  const error = answer?.error ?? {}
  throw new ApiError(error.code ?? 'server_error', error.message ?? 'Something went wrong.', {
    status: response.ok ? 502 : response.status,
    retryAfter: error.retry_after ?? (response.status === 429 ? 2 : null),
  })
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a proxy's page, not the desk's answer
  }
}
