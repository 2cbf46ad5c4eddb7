import { Agent, type Dispatcher } from 'undici'
import { makeBearerToken, type TokenSource } from './bearer-token.ts'
import { checkNumber, checkOptions, invalidOption } from './check-options.ts'
import { makeClient } from './client.ts'
import { makeExchange } from './exchange.ts'
import { makeOperator } from './make-operator.ts'
import { makePullSecrets } from './make-pull-secrets.ts'
import type { Operations } from './operations.ts'
import type { Operator } from './operator.ts'
import type { PullSecretError } from './pull-secret-error.ts'
import type { PullSecrets } from './pull-secrets.ts'
import { makeRemoteOperations } from './remote-operations.ts'
import { makeRetry } from './retry.ts'
import { sleep } from './wait.ts'

/** Time as a client needs it; replaced in tests. */
export interface ClientClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves after `milliseconds`, or rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/**
 * How to reach a service. The bearer token is `token`, as text or as a function that is called for each attempt, or
 * comes from `tokenFile`, which is read for each attempt.
 */
export type ConnectOptions = TokenSource & {
  /**
   * The address of the service without `/v1`; http or https. Over http tokens travel unencrypted: use it only inside a
   * trusted network.
   */
  readonly baseUrl: string | URL
  /** How often a call is retried after lost connections, timeouts and the statuses 408, 429 and 5xx. Default: 3. */
  readonly retries?: number
  /**
   * The delay before the first retry. It doubles with each retry up to 30 s, and half of it is random. A `Retry-After`
   * of up to 60 s takes precedence; a longer one ends the call. Default: 1000.
   */
  readonly firstDelayMilliseconds?: number
  /** How long one attempt may take, a whole number. The service itself takes up to 8 s. Default: 10 000. */
  readonly timeoutMilliseconds?: number
  /** Your own undici dispatcher, for a CA, a client certificate or a proxy. `close` leaves it open. */
  readonly dispatcher?: Dispatcher
  readonly clock?: ClientClock
  /** The random part of delays, from 0 up to 1. Default: `Math.random`. */
  readonly random?: () => number
}

const names: Readonly<Record<keyof ConnectOptions, true>> = {
  baseUrl: true,
  token: true,
  tokenFile: true,
  retries: true,
  firstDelayMilliseconds: true,
  timeoutMilliseconds: true,
  dispatcher: true,
  clock: true,
  random: true,
}

const mebibyte = 1024 * 1024

const refused = (message: string): PullSecretError => invalidOption('baseUrl', message)

const baseUrlOf = (given: string | URL): string => {
  const url = URL.parse(String(given))
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw refused('baseUrl must be an http or https URL')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refused('baseUrl must not contain credentials, a query or a fragment')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

const system: ClientClock = { now: () => Date.now(), sleep }

/** The operations of a remote service. @throws PullSecretError `INVALID_REQUEST` for an invalid option */
export const connectOperations = (options: ConnectOptions): Operations => {
  checkOptions('options', options, Object.keys(names))
  const {
    retries = 3,
    firstDelayMilliseconds = 1000,
    timeoutMilliseconds = 10_000,
    clock = system,
    random = Math.random,
  } = options
  checkNumber('retries', options.retries, { minimum: 0, maximum: 100, isWhole: true })
  checkNumber('firstDelayMilliseconds', options.firstDelayMilliseconds, { minimum: 0, maximum: 600_000 })
  checkNumber('timeoutMilliseconds', options.timeoutMilliseconds, { minimum: 1, maximum: 600_000, isWhole: true })
  const baseUrl = baseUrlOf(options.baseUrl)
  const dispatcher = options.dispatcher ?? new Agent({ maxResponseSize: mebibyte })
  return makeRemoteOperations({
    exchange: makeExchange({ baseUrl, dispatcher, timeoutMilliseconds }),
    bearerToken: makeBearerToken(options),
    retry: makeRetry({ retries, firstDelayMilliseconds, sleep: clock.sleep, random }),
    now: clock.now,
    close: async () => {
      if (options.dispatcher === undefined) await dispatcher.destroy()
    },
  })
}

/**
 * Pull secrets from a remote service. Nothing is sent before the first call.
 *
 * @example
 * const pullSecrets = connect({
 *   baseUrl: 'https://pull-secret.example.com',
 *   tokenFile: '/var/run/secrets/hyperfleet/token',
 * })
 * const { dockerConfigJson } = await pullSecrets.generate('cls-abc123')
 *
 * @throws PullSecretError `INVALID_REQUEST` for an invalid option, and for an unknown one
 */
export const connect = (options: ConnectOptions): PullSecrets =>
  makePullSecrets({ client: makeClient(connectOperations(options)), sleep: (options.clock ?? system).sleep })

/**
 * The lists of a remote service, for those who operate it. Nothing is sent before the first call.
 *
 * @example
 * const operator = connectOperator({
 *   baseUrl: 'https://pull-secret.example.com',
 *   tokenFile: '/var/run/secrets/hyperfleet/token',
 * })
 * for await (const { clusterId, nextStep } of operator.stuck()) console.log(`${clusterId}: ${nextStep}`)
 *
 * @throws PullSecretError `INVALID_REQUEST` for an invalid option, and for an unknown one
 */
export const connectOperator = (options: ConnectOptions): Operator =>
  makeOperator(makeClient(connectOperations(options)))
