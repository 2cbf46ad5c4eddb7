import { Agent, type Dispatcher } from 'undici'
import { makeBearerToken, type TokenSource } from './bearer-token.ts'
import { makeExchange } from './exchange.ts'
import { makePullSecrets } from './make-pull-secrets.ts'
import type { Operations } from './operations.ts'
import { PullSecretError } from './pull-secret-error.ts'
import type { PullSecrets } from './pull-secrets.ts'
import { makeRemoteOperations } from './remote-operations.ts'
import { makeRepeat } from './repeat.ts'
import { sleep } from './wait.ts'

/** Time as a client needs it; replaced in tests. */
export interface ClientClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves after `milliseconds`, or rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/**
 * How to reach a service. Its token: `token` as text or as a function that is asked for each attempt, or `tokenFile`,
 * read for each attempt.
 */
export type ConnectOptions = TokenSource & {
  /**
   * Where the service is, up to but without `/v1`; http or https. Over http the tokens travel readable: use it inside a
   * trusted network only.
   */
  readonly baseUrl: string | URL
  /**
   * How often a call is tried again after lost connections, timeouts and the answers 408, 429 and 5xx; 3 where not
   * said.
   */
  readonly retries?: number
  /**
   * The wait before the first retry; it doubles with each, up to 30 s, half of it chance. A `Retry-After` of up to 60 s
   * goes first. 1000 where not said.
   */
  readonly firstDelayMilliseconds?: number
  /** How long one attempt may take; 10 000 where not said. The service itself takes up to 8 s. */
  readonly timeoutMilliseconds?: number
  /** Connections of your own: for a CA, a client certificate or a proxy. It stays yours: `close` leaves it open. */
  readonly dispatcher?: Dispatcher
  readonly clock?: ClientClock
  /** Chance for the waits, from 0 up to 1; `Math.random` where not said. */
  readonly random?: () => number
}

const mebibyte = 1024 * 1024

const refused = (message: string): PullSecretError =>
  new PullSecretError('INVALID_REQUEST', message, { details: { field: 'baseUrl' } })

const baseUrlOf = (given: string | URL): string => {
  const url = URL.parse(String(given))
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw refused('baseUrl must be an http or https URL')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refused('baseUrl must hold no user, query or fragment')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

const system: ClientClock = { now: () => Date.now(), sleep }

/** The operations of a service elsewhere. @throws PullSecretError `INVALID_REQUEST` when `baseUrl` is none */
export const connectOperations = (options: ConnectOptions): Operations => {
  const {
    retries = 3,
    firstDelayMilliseconds = 1000,
    timeoutMilliseconds = 10_000,
    clock = system,
    random = Math.random,
  } = options
  const baseUrl = baseUrlOf(options.baseUrl)
  const dispatcher = options.dispatcher ?? new Agent({ maxResponseSize: mebibyte })
  return makeRemoteOperations({
    exchange: makeExchange({ baseUrl, dispatcher, timeoutMilliseconds }),
    bearerToken: makeBearerToken(options),
    repeat: makeRepeat({ retries, firstDelayMilliseconds, sleep: clock.sleep, random }),
    now: clock.now,
    close: async () => {
      if (options.dispatcher === undefined) await dispatcher.destroy()
    },
  })
}

/**
 * Pull secrets from a service elsewhere. Nothing is sent before the first call.
 *
 * @example
 * const pullSecrets = connect({
 *   baseUrl: 'https://pull-secret.example.com',
 *   tokenFile: '/var/run/secrets/hyperfleet/token',
 * })
 * const { dockerConfigJson } = await pullSecrets.generate('cls-abc123')
 *
 * @throws PullSecretError `INVALID_REQUEST` when `baseUrl` is none
 */
export const connect = (options: ConnectOptions): PullSecrets =>
  makePullSecrets({ operations: connectOperations(options), sleep: (options.clock ?? system).sleep })
