import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A PgBouncer in transaction mode before a database. */
export interface Pooler {
  /** Of the same database, by way of the pooler. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** Where PgBouncer is installed; undefined where it is not. Debian puts it where only root looks. */
export const poolerProgram = (): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
    .map((directory) => join(directory, 'pgbouncer'))
    .find((path) => existsSync(path))

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** PgBouncer refuses to run as root. */
const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups']

export const startPooler = async (program: string, databaseUrl: string): Promise<Pooler> => {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const directory = await mkdtemp(join(tmpdir(), 'pull-secret-pooler-'))
  await chmod(directory, 0o755)
  const ownPort = await freePort()
  const settings = join(directory, 'pgbouncer.ini')
  await writeFile(
    settings,
    [
      '[databases]',
      `* = host=${hostname} port=${port} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}`,
      // What PgBouncer does without max_prepared_statements, which releases before 1.21 do not know.
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${String(ownPort)}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      'default_pool_size = 3',
      '',
    ].join('\n'),
  )
  const [command, argv] =
    process.getuid?.() === 0 ? ['setpriv', [...asNobody, program, settings]] : [program, [settings]]
  const child = spawn(command, argv, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  while (!log.includes('process up')) {
    if (child.exitCode !== null) throw new Error(`the pooler ended: ${log}`)
    await Promise.race([once(child.stderr, 'data'), ended])
  }
  return {
    url: `postgres://anybody@127.0.0.1:${String(ownPort)}${pathname}`,
    close: async () => {
      child.kill('SIGKILL')
      await ended
      await rm(directory, { recursive: true })
    },
  }
}
