import { makeApi } from '@pull-secret/api'
import { openEmbedded, type RegistrySetup } from '@pull-secret/composition/embedded'
import type { ListenerTls, ServerRoot } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import {
  type AccessRequest,
  type Cause,
  type LogFields,
  type Logger,
  type LogLevel,
  type RefusedRequest,
  secretText,
} from '@pull-secret/domain'
import {
  inMemoryRegistry,
  type InMemoryVendor,
  makeInMemoryAccessPolicy,
  makeInMemoryAuthenticator,
  makeInMemoryClock,
  makeInMemoryVendor,
  quayLike,
} from '@pull-secret/in-memory'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ArrivalLimits } from '../src/listen.ts'
import { type RunningServer, serve } from '../src/serve.ts'

export interface LogLine {
  readonly level: LogLevel
  readonly message: string
  readonly fields: LogFields
}

/** A served root that lives in this process, and what it tells of itself. */
export interface AServer extends RunningServer {
  readonly root: ServerRoot
  readonly vendor: InMemoryVendor
  readonly lines: Array<LogLine>
  readonly metrics: Array<string>
  /** What was asked of the policy. */
  readonly asked: Array<AccessRequest>
  /** What the audit was told of refused requests. */
  readonly refused: Array<RefusedRequest>
}

export interface Given {
  readonly server?: Partial<Config['server']>
  readonly rateLimits?: Partial<Config['rateLimits']>
  readonly anonymousMetrics?: boolean
  readonly intervalSeconds?: number
  readonly arrival?: ArrivalLimits
  readonly tls?: ListenerTls
  /** Counts and renders in place of the list `metrics`. */
  readonly meter?: ServerRoot['meter']
  /** Beside the one of `vendor`. */
  readonly registries?: ReadonlyArray<RegistrySetup>
  readonly change?: (root: ServerRoot) => ServerRoot
}

/** May do everything. */
export const operatorToken = 'operator-token-0123456789'
/** Is known, and may do nothing. */
export const strangerToken = 'stranger-token-0123456789'

/** More than specs of anything else ask for. */
const hardlyLimited: Config['rateLimits'] = {
  standard: { perMinute: 1_000_000, perSecond: 100_000 },
  unauthenticated: { perMinute: 1_000_000, perSecond: 100_000 },
  subjects: [],
}

const aConfig = ({ server, rateLimits, anonymousMetrics = false, intervalSeconds = 0 }: Given): Config => ({
  deployment: { mode: 'per-instance', id: 'fleet-1', sandbox: true },
  server: {
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    trustedProxies: [],
    bodyLimitBytes: 4096,
    maxConnections: 100,
    shutdownSeconds: 20,
    clusterIdPatterns: [/^cls-[a-z0-9]{6,36}$/u],
    cloudProviders: ['gcp', 'aws'],
    docs: false,
    ...server,
  },
  database: {
    url: secretText('postgres://nowhere.example/none'),
    poolSize: 1,
    preparedStatements: true,
    tls: { mode: 'disable' },
    statementTimeoutSeconds: 1,
  },
  encryption: { keyRingFile: 'none' },
  access: { type: 'static', tokensFile: 'none', anonymousMetrics },
  rateLimits: { ...hardlyLimited, ...rateLimits },
  registries: [],
  jobs: { recovery: { intervalSeconds, batchSize: 50 } },
  telemetry: { logLevel: 'debug', logFormat: 'json' },
  errors: { baseUrl: 'https://docs.example/errors/' },
})

export const startServer = async (given: Given = {}): Promise<AServer> => {
  const lines: Array<LogLine> = []
  const metrics: Array<string> = []
  const asked: Array<AccessRequest> = []
  const refused: Array<RefusedRequest> = []
  const noted: Array<RefusedRequest> = []
  const vendor = makeInMemoryVendor(quayLike)
  const logger: Logger = {
    log:
      (level, message, fields = {}) =>
      () =>
        void lines.push({ level, message, fields }),
  }
  const record = (name: string, labels: object) => () => void metrics.push(`${name} ${JSON.stringify(labels)}`)
  const meter: ServerRoot['meter'] = given.meter ?? {
    count: record,
    observe: (name, _value, labels) => record(name, labels),
    set: (name, _value, labels) => record(name, labels),
    render: () => Promise.resolve('up 1\n'),
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
  }
  const embedded = await openEmbedded({
    deploymentId: 'fleet-1',
    version: '0.1.0',
    ledger: 'memory',
    registries: [{ id: 'quay', adapter: inMemoryRegistry('quay.example', vendor) }, ...(given.registries ?? [])],
    logger,
    meter,
    choices: { recoverEverySeconds: given.intervalSeconds ?? 0 },
  })
  if (E.isLeft(embedded)) throw new Error(embedded.left.map(({ message }) => message).join('; '))
  const inMemoryRoot: ServerRoot = {
    ...embedded.right,
    tls: given.tls,
    access: {
      authenticator: makeInMemoryAuthenticator(
        Object.assign(Object.create(null) as Record<string, string>, {
          [operatorToken]: 'operator',
          [strangerToken]: 'stranger',
        }),
      ),
      policy: makeInMemoryAccessPolicy((subject, request) => {
        asked.push(request)
        return subject.name === 'operator'
      }),
      state: () => 'working',
      close: () => Promise.resolve(),
    },
    refusals: {
      note: (request) => () => void noted.push(request),
      write: () => Promise.resolve(void refused.push(...noted.splice(0))),
    },
    reads: {
      cluster: () => TE.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }),
      sharedObjectRows: () => TE.right([]),
      ping: TE.right(undefined),
    },
    registryStates: () => [{ registryId: 'quay', state: { kind: 'unknown' }, isCircuitOpen: false }],
    clock: makeInMemoryClock(),
    logger,
    sparingLog: (_cause, level, message, fields) => {
      logger.log(level, message, fields)()
    },
    meter,
  }
  const config = aConfig(given)
  const changed = (given.change ?? ((same) => same))(inMemoryRoot)
  const { useCases } = changed
  const runJob = (_name: string, cause: Cause) => useCases.recover(cause)
  const root = { ...changed, api: makeApi({ useCases, runJob, limits: config.server }) }
  const server = await serve({ root, config, arrival: given.arrival })
  return { ...server, root, vendor, lines, metrics, asked, refused }
}
