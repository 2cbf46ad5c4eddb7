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
  /** How much time has passed since a moment of the simulation, or more where its clock has shown more since. */
  readonly passedSince: (moment: number) => number
  readonly promote: () => void
}

/** By how much the clock is wrong from a moment on. */
interface ClockError {
  readonly from: number
  readonly milliseconds: number
}

/** `onJumpAhead` is told when its clock jumps forward. */
export const makeSimulatedDatabase = (
  scheduler: Scheduler,
  onJumpAhead: () => void = () => undefined,
): SimulatedDatabase => {
  let readOnlyUntil = 0
  let error: ClockError = { from: 0, milliseconds: 0 }
  const earlierErrors: Array<ClockError> = []
  /** The highest that it has shown since a moment, and what it showed then, as milliseconds of the simulation. */
  const shownSince = (moment: number): { readonly highest: number; readonly first: number } => {
    const errors = [...earlierErrors, error]
    const readings = errors.flatMap(({ from, milliseconds }, index) => {
      const until = errors[index + 1]?.from ?? scheduler.now()
      return until < moment ? [] : [{ first: Math.max(from, moment) + milliseconds, last: until + milliseconds }]
    })
    return { first: readings[0]?.first ?? moment, highest: Math.max(...readings.map(({ last }) => last)) }
  }
  return {
    clock: { now: (): Instant => epoch + scheduler.now() + error.milliseconds },
    demote: (milliseconds) => {
      readOnlyUntil = Math.max(readOnlyUntil, scheduler.now() + milliseconds)
    },
    isReadOnly: () => scheduler.now() < readOnlyUntil,
    setClockError: (milliseconds) => {
      earlierErrors.push(error)
      if (milliseconds > error.milliseconds) onJumpAhead()
      error = { from: scheduler.now(), milliseconds }
    },
    clockDoubtMilliseconds: () =>
      Math.max(error.milliseconds, ...earlierErrors.map(({ milliseconds }) => milliseconds)) - error.milliseconds,
    passedSince: (moment) => {
      const { first, highest } = shownSince(moment)
      return Math.max(scheduler.now() - moment, highest - first)
    },
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
