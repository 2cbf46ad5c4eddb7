import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTestDatabase } from '@pull-secret/embedded-postgres/testing'
import { type QuaySimulator, startQuaySimulator } from '@pull-secret/registry-simulators'
import { stringify } from 'yaml'
import type { ProcessContext } from '../src/process-context.ts'
import { run } from '../src/run.ts'
import { recordedProcessContext } from './process-context.ts'
import { namedProgramFor, runProgram } from './program.ts'

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A database, a registry, and the files that a deployment has. */
export interface Installation {
  readonly quay: QuaySimulator
  readonly directory: string
  readonly configFile: string
  /** Holds the token that may do everything at a server. */
  readonly tokenFile: string
  readonly file: (name: string, content: string) => Promise<string>
  readonly run: (
    argv: ReadonlyArray<string>,
    changes?: Partial<ProcessContext> & { readonly isTTY?: boolean },
  ) => Promise<Ended>
  readonly close: () => Promise<void>
}

export const operatorToken = 'synthetic-operator-token'
export const administratorToken = 'synthetic-administrator-token'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const runCommand = async (
  argv: ReadonlyArray<string>,
  changes: Partial<ProcessContext> & { readonly isTTY?: boolean } = {},
): Promise<Ended> => {
  const program = namedProgramFor(changes)
  if (program !== undefined) return runProgram(program, argv, changes.env)
  const recorded = recordedProcessContext(changes)
  const code = await run(argv, recorded.processContext)
  return { code, stdout: recorded.stdout(), stderr: recorded.stderr() }
}

const keyRing = JSON.stringify({
  writing: 'first',
  keys: [{ id: 'first', key: randomBytes(32).toString('base64'), created_at: '2026-01-31T00:00:00Z' }],
})

const tokenList = JSON.stringify([{ subject: 'operator', token_sha256: sha256(operatorToken), permissions: ['*'] }])

/** `migrated`: with the schema of this version. */
export const anInstallation = async ({ migrated }: { readonly migrated: boolean }): Promise<Installation> => {
  const directory = await mkdtemp(join(tmpdir(), 'pull-secret-cli-'))
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(directory, name), content, { mode: 0o600 })
    return join(directory, name)
  }
  const quay = await startQuaySimulator({ organization: 'acme', administratorTokens: [administratorToken] })
  const database = await openTestDatabase({ name: 'cli', prepare: () => Promise.resolve() })
  const configFile = await file(
    'config.yaml',
    stringify({
      deployment: { id: 'cli-spec', sandbox: true },
      server: { host: '127.0.0.1', port: 0, metrics_port: 0 },
      database: { url_file: await file('database-url', database.url), tls: { mode: 'disable' } },
      encryption: { key_ring_file: await file('key-ring.json', keyRing) },
      access: { type: 'static', tokens_file: await file('tokens.json', tokenList) },
      // What the specs ask in a second is more than an adapter does.
      rate_limits: { standard: { per_minute: 6000, per_second: 1000 } },
      registries: [
        {
          id: 'quay',
          type: 'quay',
          landing_window_seconds: 0,
          executes_once: true,
          budget: { per_minute: 6000 },
          config: {
            base_url: quay.url,
            organization: 'acme',
            team: 'installers',
            token_file: await file('quay-token', administratorToken),
          },
        },
      ],
      jobs: { recovery: { interval_seconds: 0 } },
    }),
  )
  const installation: Installation = {
    quay,
    directory,
    configFile,
    file,
    tokenFile: await file('token', `${operatorToken}\n`),
    run: (argv, changes) => runCommand(argv, { ...changes, env: { HYPERFLEET_CONFIG: configFile, ...changes?.env } }),
    close: async () => {
      await quay.close()
      await database.drop()
      await rm(directory, { recursive: true })
    },
  }
  if (migrated) await installation.run(['migrate'])
  return installation
}
