import { makeElapsedClock } from '@pull-secret/domain'
import type { Scheduler } from './scheduler.ts'

/** One process of the service. When it dies, whatever it was doing stops between two steps, for ever. */
export interface Replica {
  readonly name: string
  readonly isAlive: () => boolean
  readonly crash: () => void
  /** The whole process stands still, its timers too, as it does while its machine is paused. */
  readonly freeze: (milliseconds: number) => void
  /** Its machine is suspended: it stands still, and its monotonic clock with it, while the wall clock goes on. */
  readonly suspend: (milliseconds: number) => void
  /** The monotonic clock of its machine, by which timers go. It stands still while the machine is suspended. */
  readonly monotonic: () => number
  /** The clock of deadlines: the service adds to the monotonic clock what the wall clock shows of suspensions. */
  readonly elapsed: () => number
  /** When it died; `Infinity` while it lives. */
  readonly diedAt: () => number
  /** How long it stood still so far, altogether. */
  readonly stoodStillMilliseconds: () => number
  /** Resolves as soon as the process goes on. */
  readonly thawed: () => Promise<void>
}

export const makeReplica = (name: string, scheduler: Scheduler): Replica => {
  let diedAt = Infinity
  let stoodStill = 0
  let frozenUntil = 0
  let suspendedUntil = 0
  let suspendedMilliseconds = 0
  const monotonic = (): number =>
    scheduler.now() - suspendedMilliseconds + Math.max(0, suspendedUntil - scheduler.now())
  const freeze = (milliseconds: number): void => {
    const [from, until] = [Math.max(frozenUntil, scheduler.now()), scheduler.now() + milliseconds]
    stoodStill += Math.max(0, until - from)
    frozenUntil = Math.max(from, until)
  }
  return {
    name,
    isAlive: () => diedAt === Infinity,
    crash: () => {
      diedAt = Math.min(diedAt, scheduler.now())
    },
    freeze,
    suspend: (milliseconds) => {
      const [from, until] = [Math.max(suspendedUntil, scheduler.now()), scheduler.now() + milliseconds]
      freeze(milliseconds)
      if (until <= from) return
      suspendedMilliseconds += until - from
      suspendedUntil = until
    },
    monotonic,
    elapsed: makeElapsedClock(monotonic, scheduler.now),
    diedAt: () => diedAt,
    stoodStillMilliseconds: () => stoodStill - Math.max(0, frozenUntil - scheduler.now()),
    thawed: async () => {
      while (scheduler.now() < frozenUntil) await scheduler.sleep(frozenUntil - scheduler.now())
    },
  }
}

/** What a dead process answers. */
export const never = <A>(): Promise<A> => new Promise(() => undefined)
