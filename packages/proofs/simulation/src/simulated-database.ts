import type { Clock, Instant } from '@pull-secret/domain'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import { epoch } from './simulated-clock.ts'

/** What is the matter with the database itself, whoever asks it. */
export interface SimulatedDatabase {
  /** The ledger's clock. */
  readonly clock: Pick<Clock, 'now'>
  /** For so long it only answers reads, as a demoted primary does. A later time never shortens another. */
  readonly demote: (milliseconds: number) => void
  readonly isReadOnly: () => boolean
  /** From now on its clock is wrong by so much. */
  readonly setClockError: (milliseconds: number) => void
  /** By how much it may have gone back since anything was written. */
  readonly clockDoubtMilliseconds: () => number
  readonly promote: () => void
}

export const makeSimulatedDatabase = (scheduler: Scheduler): SimulatedDatabase => {
  let readOnlyUntil = 0
  let clockErrorMilliseconds = 0
  let highestClockError = 0
  return {
    clock: { now: (): Instant => epoch + scheduler.now() + clockErrorMilliseconds },
    demote: (milliseconds) => {
      readOnlyUntil = Math.max(readOnlyUntil, scheduler.now() + milliseconds)
    },
    isReadOnly: () => scheduler.now() < readOnlyUntil,
    setClockError: (milliseconds) => {
      clockErrorMilliseconds = milliseconds
      highestClockError = Math.max(highestClockError, milliseconds)
    },
    clockDoubtMilliseconds: () => highestClockError - clockErrorMilliseconds,
    promote: () => {
      readOnlyUntil = 0
    },
  }
}

/** A failover takes seconds; connections to the old primary may be kept for much longer. */
export const demotionMilliseconds = (random: Random): number =>
  random.chance(0.7) ? random.between(1000, 60_000) : random.between(60_000, 1_800_000)

const largestClockErrorMilliseconds = 300_000

/** Together with a vendor's clock error this stays within what the protocol allows for. */
export const clockErrorMilliseconds = (random: Random): number =>
  random.between(-largestClockErrorMilliseconds, largestClockErrorMilliseconds)
