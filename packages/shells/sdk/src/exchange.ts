import { type Dispatcher, request } from 'undici'
import { PullSecretError } from './pull-secret-error.ts'

export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With the query, if any. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Overrides the timeout of the client. */
  readonly timeoutMilliseconds?: number
}

export interface ServiceAnswer {
  /** Of the service. */
  readonly address: string
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly text: string
}

export interface ExchangeDeps {
  readonly baseUrl: string
  readonly dispatcher: Dispatcher
  readonly timeoutMilliseconds: number
}

/** One request and its response, whatever its status. */
export type Exchange = (request: ServiceRequest, token: string, signal: AbortSignal) => Promise<ServiceAnswer>

const codeOf = (error: unknown): string | undefined => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

const tooLarge = 'UND_ERR_RES_EXCEEDED_MAX_SIZE'

/** Only the code of the error is reported: its message may contain anything. */
const failureOf = (error: unknown, baseUrl: string): PullSecretError => {
  const reason = codeOf(error)
  if (reason === tooLarge) return new PullSecretError('UNEXPECTED_ANSWER', `The response of ${baseUrl} is too large`)
  return new PullSecretError(
    'CONNECTION_FAILED',
    `The connection to ${baseUrl} failed${reason === undefined ? '' : ` (${reason})`}`,
    reason === undefined ? {} : { details: { reason } },
  )
}

const firstOf = (value: string | Array<string> | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

export const makeExchange =
  ({ baseUrl, dispatcher, timeoutMilliseconds: defaultMilliseconds }: ExchangeDeps): Exchange =>
  async ({ method, path, body, headers, timeoutMilliseconds = defaultMilliseconds }, token, signal) => {
    const timeout = AbortSignal.timeout(timeoutMilliseconds)
    try {
      const answer = await request(`${baseUrl}${path}`, {
        dispatcher,
        method,
        headers: {
          'user-agent': 'pull-secret-sdk',
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([signal, timeout]),
      })
      return {
        address: baseUrl,
        status: answer.statusCode,
        header: (name) => firstOf(answer.headers[name]),
        text: await answer.body.text(),
      }
    } catch (error) {
      signal.throwIfAborted()
      if (timeout.aborted)
        throw new PullSecretError(
          'TIMED_OUT',
          `The request to ${baseUrl} timed out after ${String(timeoutMilliseconds)} ms`,
        )
      throw failureOf(error, baseUrl)
    }
  }
