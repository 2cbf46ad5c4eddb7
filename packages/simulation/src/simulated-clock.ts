import type { Clock } from '@pull-secret/domain'
import type { Scheduler } from './scheduler.ts'

/** The wall-clock time at which every simulation starts. */
export const epoch = Date.parse('2026-03-01T12:00:00Z')

/** The clock of a machine whose wall clock is wrong by so much. */
export const makeSimulatedClock = (scheduler: Scheduler, skewMilliseconds: number): Clock => ({
  now: () => epoch + scheduler.now() + skewMilliseconds,
  monotonic: scheduler.now,
  sleep: (milliseconds) => () => scheduler.sleep(milliseconds),
  alarm: (milliseconds) => () => scheduler.sleep(milliseconds),
})
