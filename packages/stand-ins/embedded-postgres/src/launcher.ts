import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { userInfo } from 'node:os'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** A way to run a PostgreSQL program as a user that is not root, and to tie its life to this process. */
export interface Launcher {
  /** Programs and arguments put before the program; each replaces itself, so the process id stays the child's. */
  readonly prefix: ReadonlyArray<string>
  /** The user and group the child is started as; undefined = those of this process. */
  readonly userId?: number
  /** The user that must own the files, seen from outside any user namespace; undefined = leave ownership alone. */
  readonly fileOwnerId?: number
  /** Whether the kernel interrupts the child when this process ends, however it ends. */
  readonly endsWithParent: boolean
}

const nobodyId = 65534
const endWithParent = ['setpriv', '--pdeathsig', 'INT', '--']
const asNobodyInNamespace = ['unshare', '--user', `--map-user=${nobodyId}`, `--map-group=${nobodyId}`, '--']

/** What is tried as root, best first: root is mapped to nobody in a user namespace, or given up for nobody. */
export const launchersForRoot: ReadonlyArray<Launcher> = [
  {
    prefix: [...asNobodyInNamespace, ...endWithParent],
    fileOwnerId: 0,
    endsWithParent: true,
  },
  { prefix: endWithParent, userId: nobodyId, fileOwnerId: nobodyId, endsWithParent: true },
  { prefix: [], userId: nobodyId, fileOwnerId: nobodyId, endsWithParent: false },
]

/** What is tried by any other user, best first. */
export const launchersForUser: ReadonlyArray<Launcher> = [
  { prefix: endWithParent, endsWithParent: true },
  { prefix: [], endsWithParent: false },
]

/** What is tried by a user id without a name, as containers often have: initdb insists on a name. */
export const launchersForNamelessUser: ReadonlyArray<Launcher> = [
  { prefix: [...asNobodyInNamespace, ...endWithParent], endsWithParent: true },
]

const hasName = (): boolean => {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/** The launchers fit for the user of this process. */
export const launchersForThisUser = (): ReadonlyArray<Launcher> => {
  if (process.getuid?.() === 0) return launchersForRoot
  return hasName() ? launchersForUser : launchersForNamelessUser
}

/** Starts a program with an environment of its own: PGDATA, PGPORT or a locale of the caller must not reach it. */
export const launch = (
  launcher: Launcher,
  program: string,
  args: ReadonlyArray<string>,
  stdio: StdioOptions,
): ChildProcess => {
  const [command = program, ...commandArgs] = [...launcher.prefix, program, ...args]
  const identity = launcher.userId === undefined ? {} : { uid: launcher.userId, gid: launcher.userId }
  return spawn(command, commandArgs, {
    ...identity,
    stdio,
    cwd: '/',
    // A session of its own: Ctrl-C at a terminal reaches only this process, which then stops the server in order.
    detached: true,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
  })
}

const canRun = (launcher: Launcher, postgres: string): Promise<boolean> =>
  new Promise((resolve) => {
    const child = launch(launcher, postgres, ['--version'], 'ignore')
    child.once('error', () => resolve(false))
    child.once('exit', (exitCode) => resolve(exitCode === 0))
  })

/** The first launcher that can run `postgres --version` on this machine. */
export const selectLauncher = async (candidates: ReadonlyArray<Launcher>, postgres: string): Promise<Launcher> => {
  for (const launcher of candidates) {
    if (await canRun(launcher, postgres)) return launcher
  }
  const areForRoot = candidates.some(({ fileOwnerId }) => fileOwnerId !== undefined)
  throw areForRoot
    ? new EmbeddedPostgresError(
        'CANNOT_DROP_ROOT',
        'PostgreSQL refuses to run as root, and neither a user namespace nor ' +
          `the user ${nobodyId} can run ${postgres}; run as another user.`,
      )
    : new EmbeddedPostgresError('NO_BINARIES', `This machine cannot run ${postgres}.`)
}
