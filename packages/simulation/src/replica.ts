import type { Scheduler } from './scheduler.ts'

/** One process of the service. When it dies, whatever it was doing stops between two steps, for ever. */
export interface Replica {
  readonly name: string
  readonly isAlive: () => boolean
  readonly crash: () => void
  /** The whole process stands still, its timers too, as it does while its machine is paused. */
  readonly freeze: (milliseconds: number) => void
  /** Resolves as soon as the process goes on. */
  readonly thawed: () => Promise<void>
}

export const makeReplica = (name: string, scheduler: Scheduler): Replica => {
  let isAlive = true
  let frozenUntil = 0
  return {
    name,
    isAlive: () => isAlive,
    crash: () => { isAlive = false },
    freeze: (milliseconds) => { frozenUntil = Math.max(frozenUntil, scheduler.now() + milliseconds) },
    thawed: async () => {
      while (scheduler.now() < frozenUntil) await scheduler.sleep(frozenUntil - scheduler.now())
    },
  }
}

/** What a dead process answers. */
export const never = <A>(): Promise<A> => new Promise(() => undefined)
