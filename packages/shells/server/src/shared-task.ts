import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Task } from 'fp-ts/lib/Task.js'

/**
 * Runs a task once for all who ask during a turn of the event loop or until it has ended, and never twice at the same
 * time.
 */
export const sharedTask = <A>(task: Task<A>): Task<A> => {
  let running: Promise<A> | undefined
  const run = async (): Promise<A> => {
    try {
      await endOfTurn()
      return await task()
    } finally {
      running = undefined
    }
  }
  return () => (running ??= run())
}
