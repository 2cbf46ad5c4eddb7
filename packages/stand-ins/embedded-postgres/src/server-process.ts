import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { launcherSetting } from './directory-owner.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { interruptWithParent } from './interrupt-with-parent.ts'
import { launch, type Launcher } from './launcher.ts'
import { readServerLock } from './server-lock.ts'

/**
 * `fast` ends sessions and writes a checkpoint; `immediate` stops like a crash and leaves recovery to the next start.
 */
export type StopMode = 'fast' | 'immediate'

export interface ServerProcess {
  readonly stop: (mode?: StopMode) => Promise<void>
}

export interface ServerProcessDeps {
  readonly launcher: Launcher
  readonly postgres: string
  readonly clusterData: string
  readonly port: number
  readonly settings: Readonly<Record<string, string>>
  readonly onLog: (line: string) => void
}

const startDeadlineSeconds = 60
const stopDeadlineSeconds = 30
const pollMilliseconds = 5

const toArguments = ({ clusterData, port, settings }: ServerProcessDeps): ReadonlyArray<string> => {
  const fixed = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    [launcherSetting]: String(process.pid),
  }
  const all = { timezone: 'UTC', log_timezone: 'UTC', ...settings, ...fixed }
  return ['-D', clusterData, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

const toFailure = ({ port, clusterData }: ServerProcessDeps, log: ReadonlyArray<string>): EmbeddedPostgresError => {
  const text = log.join('\n')
  if (text.includes('Address already in use')) {
    return new EmbeddedPostgresError('PORT_IN_USE', `Port ${port} on 127.0.0.1 is in use by another program.`)
  }
  if (text.includes('lock file "postmaster.pid" already exists') || text.includes('pre-existing shared memory block')) {
    return new EmbeddedPostgresError('ALREADY_RUNNING', `Another PostgreSQL server is running on ${clusterData}.`)
  }
  const fatal =
    log.find((line) => line.includes('FATAL:'))?.replace(/^.*FATAL:\s*/, '') ?? log.at(-1) ?? 'it wrote nothing'
  return new EmbeddedPostgresError('START_FAILED', `PostgreSQL did not start on ${clusterData} (${fatal}).`)
}

const collectLog = (child: ChildProcess, onLog: (line: string) => void): Array<string> => {
  const startLog: Array<string> = []
  const lines = createInterface({ input: child.stderr as Socket })
  lines.on('line', (line) => {
    if (startLog.length < 100) startLog.push(line)
    onLog(line)
  })
  return startLog
}

const isReady = async (clusterData: string, pid: number | undefined): Promise<boolean> => {
  const lock = await readServerLock(clusterData)
  return lock?.pid === pid && lock?.status === 'ready'
}

/** Starts `postgres` on an initialized cluster and returns once it accepts connections. */
export const startServerProcess = async (deps: ServerProcessDeps): Promise<ServerProcess> => {
  const child = launch(deps.launcher, deps.postgres, toArguments(deps), ['ignore', 'ignore', 'pipe'])
  const startLog = collectLog(child, deps.onLog)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  child.on('error', (error) => startLog.push(error.message))
  if (!deps.launcher.endsWithParent && child.pid !== undefined) interruptWithParent(child)

  const deadline = performance.now() + startDeadlineSeconds * 1000
  while (!(await isReady(deps.clusterData, child.pid))) {
    if (performance.now() > deadline) child.kill('SIGQUIT')
    if (hasEnded()) {
      await closed
      throw toFailure(deps, startLog)
    }
    await sleep(pollMilliseconds)
  }
  const stderr = child.stderr as Socket
  child.unref()
  stderr.unref()

  return {
    stop: async (mode = 'fast') => {
      if (!hasEnded()) {
        child.ref()
        stderr.ref()
        child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      }
      const impatience = setTimeout(() => child.kill('SIGQUIT'), stopDeadlineSeconds * 1000)
      await closed
      clearTimeout(impatience)
    },
  }
}
