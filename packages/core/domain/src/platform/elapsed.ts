import type { IO } from 'fp-ts/lib/IO.js'
import type { Instant } from './instant.ts'

/** What was read of both clocks of a machine, and how much time has passed since the first reading. */
export interface Elapsed {
  readonly monotonic: number
  readonly wall: Instant
  readonly total: number
}

/** Clocks are slewed by less; a machine that was suspended stood still for longer. */
const largestSlewMilliseconds = 1000

/**
 * How much time has passed, a suspension of the machine included: its monotonic clock stands still then, and only the
 * wall clock shows afterwards how long. A wall clock that is set forward counts as one, which makes deadlines end
 * early and does no harm; one that is set back counts for nothing.
 */
export const elapsedAfter = (before: Elapsed, monotonic: number, wall: Instant): Elapsed => {
  const passed = monotonic - before.monotonic
  const stoodStill = wall - before.wall - passed
  return { monotonic, wall, total: before.total + passed + (stoodStill > largestSlewMilliseconds ? stoodStill : 0) }
}

/** A monotonic clock that goes on while the machine is suspended. */
export const makeElapsedClock = (monotonic: IO<number>, wall: IO<Instant>): IO<number> => {
  let elapsed: Elapsed = { monotonic: monotonic(), wall: wall(), total: monotonic() }
  return () => (elapsed = elapsedAfter(elapsed, monotonic(), wall())).total
}
