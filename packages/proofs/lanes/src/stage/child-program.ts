import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that was started here. */
export interface ChildProgram {
  readonly pid: number
  readonly isRunning: () => boolean
  /** Resolves, when the program and its output have ended, with its exit code; undefined after a kill. */
  readonly ended: () => Promise<number | undefined>
  /** Sends the signal and resolves as `ended` does. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | undefined>
}

export interface ChildProgramOptions {
  readonly program: string
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  /** Receives each line of both outputs. */
  readonly onLine: (line: string) => void
  /** The user and group that it runs as; those of this process where not said. */
  readonly userId?: number
}

/** Starts a program that does not outlive this process, unless this process is killed the hard way. */
export const startChildProgram = async ({
  program,
  args,
  env,
  onLine,
  userId,
}: ChildProgramOptions): Promise<ChildProgram> => {
  const identity = userId === undefined ? {} : { uid: userId, gid: userId }
  const child = spawn(program, [...args], { env: { ...env }, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...identity })
  const closed = once(child, 'close')
  createInterface({ input: child.stdout }).on('line', onLine)
  createInterface({ input: child.stderr }).on('line', onLine)
  await once(child, 'spawn')
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} did not start`)

  const killOnExit = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', killOnExit)
  void closed.then(() => process.off('exit', killOnExit))

  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  const ended = async (): Promise<number | undefined> => {
    await closed
    return child.exitCode ?? undefined
  }
  return {
    pid,
    isRunning,
    ended,
    end: (signal) => {
      if (isRunning()) child.kill(signal)
      return ended()
    },
  }
}
