import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Config, RegistryConfig } from '@pull-secret/config'
import { secretText } from '@pull-secret/domain'
import { openTestDatabase } from '@pull-secret/embedded-postgres/testing'
import { generateKeyRing } from '@pull-secret/platform-node'
import {
  type ApiLimit,
  createSandboxCertificates,
  type QuaySimulator,
  type RhitSimulator,
  startQuaySimulator,
  startRhitSimulator,
} from '@pull-secret/registry-simulators'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { openMigrations, openServer, type ServerRoot } from '../src/server.ts'

export const cause = { subject: 'adapter', reason: 'cluster_provisioning', traceId: '0af7651916cd43dd8448eb211c80319c' }
export const administratorToken = 'canary-administrator-token'

/** Production's own root on a real database and on simulated vendors. */
export interface Stage {
  readonly quay: QuaySimulator
  readonly rhit: RhitSimulator
  readonly root: ServerRoot
  readonly htpasswdFile: string
  readonly quayTokenFile: string
  readonly keyRingFile: string
  readonly databaseUrl: string
  /** Another replica on the same database and vendors. */
  readonly openReplica: (change?: (registry: RegistryConfig) => RegistryConfig) => Promise<ServerRoot>
  /** Everything that was logged so far. */
  readonly logged: () => string
  readonly close: () => Promise<void>
}

export interface StageOptions {
  /** How long one call may take. */
  readonly callSeconds?: number
  readonly leaseSeconds?: number
  readonly landingWindowSeconds?: number
  readonly executesOnce?: boolean
  /** Of Quay. */
  readonly proxy?: RegistryConfig['proxy']
  /** Of Quay; by default the vendors set no pace. */
  readonly quayLimit?: { readonly api: ApiLimit; readonly budget: RegistryConfig['budget'] }
}

const migrateDatabase = async (database: Config['database']): Promise<void> => {
  const opened = await openMigrations(database)
  if (E.isLeft(opened)) throw new Error('the test database does not answer')
  await opened.right.run()
  await opened.right.close()
}

const databaseConfig = (url: string): Config['database'] => ({
  url: secretText(url),
  poolSize: 10,
  preparedStatements: true,
  tls: { mode: 'disable' },
  statementTimeoutSeconds: 10,
})

const registryConfigs = (
  folder: string,
  quay: QuaySimulator,
  rhit: RhitSimulator,
  options: StageOptions,
): ReadonlyArray<RegistryConfig> => {
  const { callSeconds = 2, leaseSeconds = 8, landingWindowSeconds = 900, executesOnce = false } = options
  const budget = { perMinute: 600_000 }
  const common = { enabled: true, budget, leaseSeconds, callSeconds, landingWindowSeconds, executesOnce }
  return [
    {
      ...common,
      id: 'quay',
      type: 'quay',
      budget: options.quayLimit?.budget ?? budget,
      proxy: options.proxy,
      config: { base_url: quay.url, organization: 'acme', token_file: join(folder, 'quay.token') },
    },
    {
      ...common,
      id: 'rhit',
      type: 'rhit',
      caFile: join(folder, 'certificates', 'authority.pem'),
      config: {
        base_url: rhit.url,
        registry_url: rhit.registryUrl,
        cert: join(folder, 'client.pem'),
        key: join(folder, 'client.key'),
      },
    },
    {
      ...common,
      id: 'plain',
      type: 'distribution',
      config: { registry_url: 'http://127.0.0.1:5000', htpasswd_file: join(folder, 'registry', 'htpasswd') },
    },
  ]
}

const configOf = (folder: string, databaseUrl: string, registries: ReadonlyArray<RegistryConfig>): Config => ({
  deployment: { mode: 'per-instance', id: 'stage', sandbox: true },
  server: {
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    trustedProxies: [],
    bodyLimitBytes: 65_536,
    maxConnections: 100,
    shutdownSeconds: 5,
    clusterIdPatterns: [/^.*$/],
    cloudProviders: ['gcp'],
    docs: false,
  },
  database: databaseConfig(databaseUrl),
  encryption: { keyRingFile: join(folder, 'key-ring.json') },
  access: { type: 'static', tokensFile: join(folder, 'tokens.json'), anonymousMetrics: false },
  rateLimits: {
    standard: { perMinute: 1_000_000, perSecond: 100_000 },
    unauthenticated: { perMinute: 1_000_000, perSecond: 100_000 },
    subjects: [],
  },
  registries,
  jobs: { recovery: { intervalSeconds: 0, batchSize: 50 } },
  telemetry: { logLevel: 'debug', logFormat: 'json' },
  errors: { baseUrl: 'https://docs.hyperfleet.io/errors/' },
})

const prepareFolder = async (folder: string) => {
  const { authority, server, client } = await createSandboxCertificates({
    directory: join(folder, 'certificates'),
    clientName: 'hyperfleet',
  })
  mkdirSync(join(folder, 'registry'))
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
  }
  write('certificates/authority.pem', authority.certificate)
  write('client.pem', client.certificate)
  write('client.key', client.key)
  write('quay.token', administratorToken)
  write('key-ring.json', generateKeyRing(Date.now()).reveal())
  write(
    'tokens.json',
    JSON.stringify([
      { subject: 'adapter', token_sha256: createHash('sha256').update('caller').digest('hex'), permissions: ['*'] },
    ]),
  )
  return { authority, server }
}

export const openStage = async (options: StageOptions = {}): Promise<Stage> => {
  const folder = mkdtempSync(join(tmpdir(), 'stage-'))
  const { authority, server } = await prepareFolder(folder)
  const quay = await startQuaySimulator({
    organization: 'acme',
    administratorTokens: [administratorToken],
    apiLimit: options.quayLimit?.api,
  })
  const rhit = await startRhitSimulator({
    partnerCode: 'hyperfleet',
    certificate: server.certificate,
    key: server.key,
    clientAuthority: authority.certificate,
  })
  const testDatabase = await openTestDatabase({ name: 'stage', prepare: (url) => migrateDatabase(databaseConfig(url)) })
  let logged = ''
  const logStream = new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk)
      done()
    },
  })
  const roots: Array<ServerRoot> = []
  const openReplica: Stage['openReplica'] = async (change = (registry) => registry) => {
    const config = configOf(folder, testDatabase.url, registryConfigs(folder, quay, rhit, options).map(change))
    const opened = await openServer(config, { component: 'stage', version: '0.0.0', logStream })
    if (E.isLeft(opened)) throw new Error(opened.left.map((fault) => fault.message).join('; '))
    roots.push(opened.right)
    return opened.right
  }
  return {
    quay,
    rhit,
    root: await openReplica(),
    openReplica,
    htpasswdFile: join(folder, 'registry', 'htpasswd'),
    quayTokenFile: join(folder, 'quay.token'),
    keyRingFile: join(folder, 'key-ring.json'),
    databaseUrl: testDatabase.url,
    logged: () => logged,
    close: async () => {
      await Promise.all(roots.map((root) => root.close()))
      await Promise.all([quay.close(), rhit.close()])
      await testDatabase.drop()
      rmSync(folder, { recursive: true })
    },
  }
}

export const right = async <A>(call: TaskEither<{ readonly code: string }, A>): Promise<A> => {
  const result = await call()
  if (E.isLeft(result)) throw new Error(`expected success, got ${JSON.stringify(result.left)}`)
  return result.right
}

export const left = async <L>(call: TaskEither<L, unknown>): Promise<L> => {
  const result = await call()
  if (E.isRight(result)) throw new Error('expected a refusal')
  return result.left
}
