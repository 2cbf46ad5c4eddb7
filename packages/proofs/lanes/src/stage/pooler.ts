import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startChildProgram } from './child-program.ts'
import { freePort } from './free-port.ts'
import { findProgram } from './installed-program.ts'
import { until } from './until.ts'

export const poolerProgram = 'pgbouncer'

/** A PgBouncer in transaction mode before one database. */
export interface Pooler {
  /** The database's URL by way of the pooler. */
  readonly url: string
  /** Transactions that went through it. */
  readonly transactions: () => Promise<number>
  readonly stop: () => Promise<void>
}

const nobodyId = 65534
const startSeconds = 20

export interface PoolerOptions {
  /** Default: fewer than the services open towards the pooler, so that their transactions do share connections. */
  readonly serverConnections?: number
  /** How long it leaves a database alone that it could not reach. Default: PgBouncer's own 15 s. */
  readonly retrySeconds?: number
}

interface PoolerPlace {
  readonly folder: string
  readonly port: number
}

const settings = (
  database: URL,
  { folder, port }: PoolerPlace,
  { serverConnections = 5, retrySeconds = 15 }: PoolerOptions,
): string => `
[databases]
${database.pathname.slice(1)} = host=${database.hostname} port=${database.port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${String(port)}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
admin_users = ${database.username}
pool_mode = transaction
default_pool_size = ${String(serverConnections)}
max_client_conn = 200
server_login_retry = ${String(retrySeconds)}
`

const ask = async (url: string, statement: string): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

const withPath = (url: URL, name: string): string => Object.assign(new URL(url), { pathname: name }).href

/** PgBouncer refuses to run as root, and then runs as nobody. */
export const startPooler = async (
  databaseUrl: string,
  stageFolder: string,
  options: PoolerOptions = {},
): Promise<Pooler> => {
  const database = new URL(databaseUrl)
  const folder = join(stageFolder, 'pooler')
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  mkdirSync(folder)
  const write = (name: string, text: string): string => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    if (isRoot) chownSync(file, nobodyId, nobodyId)
    return file
  }
  write('users.txt', `"${database.username}" "${decodeURIComponent(database.password)}"\n`)
  const configFile = write('pooler.ini', settings(database, { folder, port }, options))
  const pooled = new URL(databaseUrl)
  pooled.port = String(port)

  const lines: Array<string> = []
  const child = await startChildProgram({
    program: findProgram(poolerProgram) ?? poolerProgram,
    args: [configFile],
    env: {},
    onLine: (line) => lines.push(line),
    ...(isRoot ? { userId: nobodyId } : {}),
  })
  const stop = async (): Promise<void> => {
    await child.end('SIGKILL')
  }
  const answers = (): Promise<boolean> =>
    ask(pooled.href, 'select 1').then(
      () => true,
      () => false,
    )
  try {
    await until(answers, startSeconds, () => `${poolerProgram} did not start:\n${lines.join('\n')}`)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: pooled.href,
    transactions: async () => {
      const statistics = await ask(withPath(pooled, 'pgbouncer'), 'show stats')
      return Number(statistics.find(({ database: name }) => name === database.pathname.slice(1))?.['total_xact_count'])
    },
    stop,
  }
}
