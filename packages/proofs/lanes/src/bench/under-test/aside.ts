import { fork } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'

/** A program that runs beside what is measured. */
export interface Aside<A> {
  /** What it says first. */
  readonly said: A
  readonly stop: () => Promise<void>
}

/**
 * Starts a program of this folder with a plan, and waits for what it says. It yields to every other process, as if it
 * ran on another machine.
 */
export const startAside = async <A>(program: string, plan: object): Promise<Aside<A>> => {
  const child = fork(join(import.meta.dirname, program))
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  child.send(plan)
  const [said] = (await once(child, 'message')) as [A]
  return {
    said,
    stop: async () => {
      process.off('exit', kill)
      const ended = once(child, 'exit')
      kill()
      await ended
    },
  }
}
