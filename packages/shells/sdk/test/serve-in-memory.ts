import { openEmbedded, type RegistrySetup } from '@pull-secret/composition/embedded'
import { secretText } from '@pull-secret/domain'
import {
  makeInMemoryAccessPolicy,
  makeInMemoryAuthenticator,
  makeInMemoryClock,
  makeSilentLogger,
  makeSilentMeter,
} from '@pull-secret/in-memory'
import { serve, type ServeOptions } from '@pull-secret/server'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** May do everything with pull secrets. */
export const token = 'operator-token-0123456789'
/** Is known, and may do nothing. */
export const strangerToken = 'stranger-token-0123456789'

const config: ServeOptions['config'] = {
  deployment: { mode: 'per-instance', id: 'spec', sandbox: true },
  server: {
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    trustedProxies: [],
    bodyLimitBytes: 4096,
    maxConnections: 100,
    shutdownSeconds: 20,
    clusterIdPatterns: [/^[\x21-\x7e]+$/u],
    cloudProviders: ['gcp', 'aws'],
    docs: false,
  },
  database: {
    url: secretText('postgres://nowhere.example/none'),
    poolSize: 1,
    preparedStatements: true,
    tls: { mode: 'disable' },
    statementTimeoutSeconds: 1,
  },
  encryption: { keyRingFile: 'none' },
  access: { type: 'static', tokensFile: 'none', anonymousMetrics: false },
  rateLimits: {
    standard: { perMinute: 1_000_000, perSecond: 100_000 },
    unauthenticated: { perMinute: 1_000_000, perSecond: 100_000 },
    subjects: [],
  },
  registries: [],
  jobs: { recovery: { intervalSeconds: 0, batchSize: 50 } },
  telemetry: { logLevel: 'debug', logFormat: 'json' },
  errors: { baseUrl: 'https://docs.example/errors/' },
}

/** The server, over a service that lives in this process. */
export const serveInMemory = async (
  registries: ReadonlyArray<RegistrySetup>,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const embedded = await openEmbedded({
    deploymentId: 'spec',
    version: '0.1.0',
    ledger: 'memory',
    registries,
    choices: { ...config.server, recoverEverySeconds: 0 },
  })
  if (E.isLeft(embedded)) throw new Error(embedded.left.map(({ message }) => message).join('; '))
  const { close } = embedded.right
  const server = await serve({
    config,
    root: {
      ...embedded.right,
      clock: makeInMemoryClock(),
      logger: makeSilentLogger(),
      sparingLog: () => undefined,
      access: {
        authenticator: makeInMemoryAuthenticator({ [token]: 'operator', [strangerToken]: 'stranger' }),
        policy: makeInMemoryAccessPolicy((subject) => subject.name === 'operator'),
        state: () => 'working',
        close: () => Promise.resolve(),
      },
      refusals: { note: () => () => undefined, write: () => Promise.resolve() },
      reads: {
        cluster: () => TE.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }),
        sharedObjectRows: () => TE.right([]),
        ping: TE.right(undefined),
      },
      registryStates: () => [],
      meter: { ...makeSilentMeter(), render: () => Promise.resolve(''), contentType: 'text/plain' },
    },
  })
  return {
    url: server.url,
    close: async () => {
      await server.stop()
      await close()
    },
  }
}
