import type { CallBudget, CallTerms, Clock, Logger, NotSentOutcome, RegistryProxy } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { request as exchange } from 'undici'
import { readBoundedBody } from './bounded-body.ts'
import { fileUnusable } from './call-failure.ts'
import { isSafeAddress } from './clear-text.ts'
import { failureOfError } from './failure-of-error.ts'
import { type Authorization, headerValues, type HttpRequest, type HttpResult } from './http-message.ts'
import { makeReloadingAgent } from './reloading-agent.ts'
import type { TlsFiles } from './tls-files.ts'

export interface HttpClientDeps {
  readonly clock: Clock
  readonly logger: Logger
  /** How long one exchange may take, connecting included. */
  readonly callSeconds: number
  readonly turns: CallBudget
  readonly tls?: TlsFiles
  /** Every connection goes through it. */
  readonly proxy?: RegistryProxy
  /** Requests may travel in clear text beyond this machine; by default they are not sent. */
  readonly insecureHttp?: boolean
}

/** HTTP as registries need it: every result is a value, redirects are answers like any other. */
export interface HttpClient {
  /** One exchange, never repeated here. */
  readonly send: (request: HttpRequest) => Promise<HttpResult>
  /** For what changes nothing: repeated once after a lost connection or a server's error, within the deadline. */
  readonly read: (request: HttpRequest) => Promise<HttpResult>
  /** Waits for what is under way, at most `callSeconds`. */
  readonly close: Task<void>
}

export const userAgent = 'hyperfleet-pull-secret-service'

const mebibyte = 1024 * 1024
const pauseBeforeRepeatMilliseconds = 200

const deadlinePassed: NotSentOutcome = { kind: 'not_sent', problem: 'deadline_passed' }

/** Why a repeat may not have been sent that says less than the answer before it. */
const ownReasons: ReadonlySet<string> = new Set(['deadline_passed', 'budget_spent', 'budget_unavailable'])

const authorizationHeader = (authorization: Authorization): string => {
  switch (authorization.scheme) {
    case 'Bearer':
      return `Bearer ${authorization.token.reveal()}`
    case 'Basic':
      return `Basic ${Buffer.from(`${authorization.username}:${authorization.password.reveal()}`).toString('base64')}`
  }
}

const headersOf = ({ authorization, body }: HttpRequest): Record<string, string> => ({
  'user-agent': userAgent,
  accept: 'application/json',
  ...(authorization === undefined ? {} : { authorization: authorizationHeader(authorization) }),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
})

const isWorthRepeating = (result: HttpResult): boolean =>
  result.kind === 'answered'
    ? result.status >= 500 && headerValues(result, 'retry-after').length === 0
    : result.problem === 'connection_lost' || result.problem === 'unreachable'

/** Opens a client with connections and TLS files of its own. HTTP/1.1 with keep-alive, TLS 1.2 or newer. */
export const makeHttpClient = ({
  clock,
  logger,
  callSeconds,
  turns,
  tls = {},
  proxy,
  insecureHttp = false,
}: HttpClientDeps): HttpClient => {
  const callMilliseconds = callSeconds * 1000
  const agent = makeReloadingAgent({ tls, proxy, connectMilliseconds: callMilliseconds / 2, logger })

  const waitForTurn = async ({ priority, deadline }: CallTerms): Promise<NotSentOutcome | undefined> => {
    const turn = await turns.turn(priority, deadline)()
    return E.isLeft(turn) ? { kind: 'not_sent', ...turn.left } : undefined
  }

  const send = async (request: HttpRequest): Promise<HttpResult> => {
    if (!insecureHttp && !isSafeAddress(new URL(request.url))) return { kind: 'not_sent', problem: 'request_refused' }
    if (agent.current() === undefined) return fileUnusable
    if (clock.monotonic() >= request.terms.deadline) return deadlinePassed
    const refused = await waitForTurn(request.terms)
    if (refused !== undefined) return refused
    const dispatcher = agent.current()
    if (dispatcher === undefined) return fileUnusable
    const leftMilliseconds = Math.floor(Math.min(callMilliseconds, request.terms.deadline - clock.monotonic()))
    if (leftMilliseconds <= 0) return deadlinePassed
    try {
      const answer = await exchange(request.url, {
        dispatcher,
        method: request.method,
        headers: headersOf(request),
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: AbortSignal.timeout(leftMilliseconds),
      })
      const body = await readBoundedBody(answer.body as AsyncIterable<Buffer>, request.maximumBytes ?? mebibyte)
      return { kind: 'answered', status: answer.statusCode, headers: answer.headers, body }
    } catch (error) {
      return failureOfError(error)
    }
  }

  return {
    send,
    read: async (request) => {
      const first = await send(request)
      if (!isWorthRepeating(first)) return first
      await clock.sleep(pauseBeforeRepeatMilliseconds)()
      const second = await send(request)
      return second.kind === 'not_sent' && ownReasons.has(second.problem) ? first : second
    },
    close: agent.close,
  }
}
