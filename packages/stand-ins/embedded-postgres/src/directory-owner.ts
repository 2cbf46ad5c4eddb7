import { readFile, readlink, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { readServerLock, serverLockPath } from './server-lock.ts'

/** A setting of our own on the server's command line: it tells a later start which process launched the server. */
export const launcherSetting = 'pull_secret.launcher_pid'

type Owner =
  | { readonly kind: 'none' }
  | { readonly kind: 'stale-lock' }
  | { readonly kind: 'running' | 'orphan'; readonly pid: number }

const releaseDeadlineSeconds = 30
const pollMilliseconds = 20

const readProcessFile = (pid: number, file: string): Promise<string | undefined> =>
  readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => undefined)

const parentOf = async (pid: number): Promise<number | undefined> => {
  const stat = await readProcessFile(pid, 'stat')
  // The program's name, in parentheses, may itself contain spaces and parentheses.
  const afterName = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return afterName?.[1] === undefined ? undefined : Number(afterName[1])
}

const worksIn = (pid: number, directory: string): Promise<boolean> =>
  readlink(`/proc/${pid}/cwd`).then(
    (workingDirectory) => workingDirectory === directory,
    // Another user's process: its command line says postgres, and assuming that it owns the directory is the safe side.
    () => true,
  )

const launcherPidIn = (commandLine: ReadonlyArray<string>): number | undefined => {
  const setting = commandLine.find((argument) => argument.startsWith(`${launcherSetting}=`))
  return setting === undefined ? undefined : Number(setting.slice(launcherSetting.length + 1))
}

/** Looks behind `postmaster.pid`: its process id may be dead, or have gone to another program since a crash. */
const inspectOwner = async (clusterData: string): Promise<Owner> => {
  const lock = await readServerLock(clusterData)
  if (lock === undefined) return { kind: 'none' }
  const commandLine = (await readProcessFile(lock.pid, 'cmdline'))?.split('\0')
  // The process is dead, or hidden from us: PostgreSQL's own check of the lock decides.
  if (commandLine === undefined) return { kind: 'none' }
  if (basename(commandLine[0] ?? '') !== 'postgres' || !(await worksIn(lock.pid, clusterData))) {
    return { kind: 'stale-lock' }
  }
  const launcherPid = launcherPidIn(commandLine)
  const isOrphan = launcherPid !== undefined && launcherPid !== (await parentOf(lock.pid))
  return { kind: isOrphan ? 'orphan' : 'running', pid: lock.pid }
}

const interrupt = (pid: number): void => {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It ended in between, or belongs to another user: the wait that follows tells.
    return
  }
}

/**
 * Returns once no server owns the data, so that a new one can start on it.
 *
 * A server whose launcher was killed is already shutting down: it is waited for, at most 30 s. A lock whose process id
 * has gone to another program is removed. PostgreSQL's own shared memory check still refuses a second server if two
 * starts race here.
 *
 * @throws EmbeddedPostgresError `ALREADY_RUNNING` when a server with a living launcher owns the data.
 */
export const awaitRelease = async (clusterData: string): Promise<void> => {
  const deadline = performance.now() + releaseDeadlineSeconds * 1000
  for (;;) {
    const owner = await inspectOwner(clusterData)
    if (owner.kind === 'none') return
    if (owner.kind === 'stale-lock') return rm(serverLockPath(clusterData), { force: true })
    if (owner.kind === 'running' || performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        'ALREADY_RUNNING',
        `Another PostgreSQL server, process ${owner.pid}, is running on ${clusterData}.`,
      )
    }
    interrupt(owner.pid)
    await sleep(pollMilliseconds)
  }
}
