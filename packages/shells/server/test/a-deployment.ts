import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { openMigrations } from '@pull-secret/composition/server'
import { type Config, loadConfig } from '@pull-secret/config'
import { openTestDatabase } from '@pull-secret/embedded-postgres/testing'
import {
  createSandboxCertificates,
  type QuaySimulator,
  type RhitSimulator,
  startQuaySimulator,
  startRhitSimulator,
} from '@pull-secret/registry-simulators'
import * as E from 'fp-ts/lib/Either.js'
import { type RunningServer, runServer, type RunServerOptions } from '../src/index.ts'
import { operatorToken } from './a-server.ts'
import { namedProgram, runProgram } from './run-program.ts'

/** One process's life, from start to exit code. */
export interface Run {
  /** Undefined when the process ended without taking requests. */
  readonly server: RunningServer | undefined
  readonly exitCode: Promise<number>
  readonly faults: ReadonlyArray<string>
  readonly signal: (name: 'SIGTERM' | 'SIGINT') => void
}

/** A configured service on a real database and simulated vendors. */
export interface Deployment {
  readonly quay: QuaySimulator
  readonly rhit: RhitSimulator
  readonly tokensFile: string
  readonly databaseUrl: string
  /** Another controller may stop it before it serves. */
  readonly run: (
    environment?: Readonly<Record<string, string>>,
    stopping?: AbortController,
    own?: Pick<RunServerOptions, 'migrates' | 'onWaiting'>,
  ) => Promise<Run>
  readonly migrate: () => Promise<void>
  readonly logged: () => string
  readonly close: () => Promise<void>
}

export const organization = 'acme'
export const administratorToken = 'canary-administrator-token'

const writeFiles = (folder: string): void => {
  const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  write('quay.token', administratorToken)
  write('tokens.json', [
    { subject: 'operator', token_sha256: createHash('sha256').update(operatorToken).digest('hex'), permissions: ['*'] },
  ])
  write('key-ring.json', {
    writing: 'one',
    keys: [{ id: 'one', key: randomBytes(32).toString('base64'), created_at: '2026-01-31T00:00:00Z' }],
  })
}

const configFrom = (environment: Readonly<Record<string, string>>): Config => {
  const config = loadConfig({
    flags: {},
    env: environment,
    readFile: (path) =>
      E.tryCatch(
        () => readFileSync(path, 'utf8'),
        () => 'absent' as const,
      ),
  })
  if (E.isLeft(config)) throw new Error(config.left.faults.map(({ message }) => message).join('; '))
  return config.right
}

export const aDeployment = async (): Promise<Deployment> => {
  const folder = mkdtempSync(join(tmpdir(), 'deployment-'))
  writeFiles(folder)
  const { authority, server, client } = await createSandboxCertificates({ directory: folder, clientName: 'hyperfleet' })
  const quay = await startQuaySimulator({ organization, administratorTokens: [administratorToken] })
  const rhit = await startRhitSimulator({
    partnerCode: 'hyperfleet',
    certificate: server.certificate,
    key: server.key,
    clientAuthority: authority.certificate,
  })
  const database = await openTestDatabase({ name: 'deployment', prepare: () => Promise.resolve() })
  const settled = { executes_once: true, landing_window_seconds: 0 }
  const environmentOf = (changes: Readonly<Record<string, string>>) => ({
    HYPERFLEET_DEPLOYMENT_ID: 'fleet-1',
    HYPERFLEET_DEPLOYMENT_SANDBOX: 'true',
    HYPERFLEET_SERVER_HOST: '127.0.0.1',
    HYPERFLEET_SERVER_PORT: '0',
    HYPERFLEET_SERVER_METRICS_PORT: '0',
    HYPERFLEET_DATABASE_URL: database.url,
    HYPERFLEET_DATABASE_TLS_MODE: 'disable',
    HYPERFLEET_ENCRYPTION_KEY_RING_FILE: join(folder, 'key-ring.json'),
    HYPERFLEET_ACCESS_TYPE: 'static',
    HYPERFLEET_ACCESS_TOKENS_FILE: join(folder, 'tokens.json'),
    HYPERFLEET_REGISTRIES: JSON.stringify([
      {
        id: 'quay',
        type: 'quay',
        ...settled,
        config: { base_url: quay.url, organization, token_file: join(folder, 'quay.token') },
      },
      {
        id: 'rhit',
        type: 'rhit',
        ...settled,
        ca_file: authority.certificateFile,
        config: {
          base_url: rhit.url,
          registry_url: rhit.registryUrl,
          cert: client.certificateFile,
          key: client.keyFile,
        },
      },
    ]),
    ...changes,
  })
  let logged = ''
  const logStream = new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk)
      done()
    },
  })
  // Every run listens for its errors.
  logStream.setMaxListeners(0)
  return {
    quay,
    rhit,
    tokensFile: join(folder, 'tokens.json'),
    databaseUrl: database.url,
    logged: () => logged,
    run: async (changes = {}, stopping = new AbortController(), own = {}) => {
      const faults: Array<string> = []
      let exitCode = Promise.resolve(-1)
      const server = await new Promise<RunningServer | undefined>((resolve) => {
        const environment = environmentOf(changes)
        const options = {
          version: '0.0.0',
          logStream,
          reportFault: (sentence: string) => void faults.push(sentence),
          onReady: resolve,
          stop: stopping.signal,
          ...own,
        }
        const program = namedProgram()
        exitCode =
          program === undefined
            ? runServer(configFrom(environment), options)
            : runProgram(program, environment, options)
        void exitCode.finally(() => resolve(undefined))
      })
      return { server, exitCode, faults, signal: (name) => stopping.abort(name) }
    },
    migrate: async () => {
      const migrations = await openMigrations(configFrom(environmentOf({})).database)
      if (E.isLeft(migrations)) throw new Error('the test database does not answer')
      await migrations.right.run()
      await migrations.right.close()
    },
    close: async () => {
      await Promise.all([quay.close(), rhit.close()])
      await database.drop()
      rmSync(folder, { recursive: true })
    },
  }
}
