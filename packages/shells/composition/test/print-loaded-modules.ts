// Started by a spec: prepares a server, with traces where an endpoint is named, and prints what of OpenTelemetry it has
// loaded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const loaded = new Set<string>()
registerHooks({
  load: (url, context, next) => {
    const [, name] = /\/node_modules\/(@opentelemetry\/[^/]+)\//.exec(url) ?? []
    if (name !== undefined) loaded.add(name)
    return next(url, context)
  },
})

const [{ prepareServer }, { generateKeyRing }, { secretText }] = await Promise.all([
  import('../src/server.ts'),
  import('@pull-secret/platform-node'),
  import('@pull-secret/domain'),
])

const [endpoint] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'loaded-modules-'))
const keyRingFile = join(folder, 'key-ring.json')
writeFileSync(keyRingFile, generateKeyRing(Date.now()).reveal(), { mode: 0o600 })
const unlimited = { perMinute: 1, perSecond: 1 }
await prepareServer(
  {
    deployment: { mode: 'per-instance', id: 'spec', sandbox: true },
    server: {
      host: '127.0.0.1',
      port: 0,
      metricsPort: 0,
      trustedProxies: [],
      bodyLimitBytes: 65_536,
      maxConnections: 1,
      shutdownSeconds: 1,
      clusterIdPatterns: [],
      cloudProviders: [],
      docs: false,
    },
    database: {
      url: secretText('postgres://spec@127.0.0.1:1/spec'),
      poolSize: 1,
      preparedStatements: true,
      tls: { mode: 'disable' },
      statementTimeoutSeconds: 1,
    },
    encryption: { keyRingFile },
    access: { type: 'static', tokensFile: 'none', anonymousMetrics: false },
    rateLimits: { standard: unlimited, unauthenticated: unlimited, subjects: [] },
    registries: [],
    jobs: { recovery: { intervalSeconds: 0, batchSize: 1 } },
    telemetry: {
      logLevel: 'error',
      logFormat: 'json',
      traces: endpoint === undefined ? undefined : { endpoint, ratio: 1 },
    },
    errors: { baseUrl: 'https://docs.example/errors/' },
  },
  { component: 'spec', version: '0.0.0', withoutCallers: true, logStream: process.stderr },
)
rmSync(folder, { recursive: true })
process.stdout.write(JSON.stringify([...loaded].sort()), () => process.exit(0))
