import type { Clock } from '@pull-secret/domain'
import type { Replica } from './replica.ts'
import type { Scheduler } from './scheduler.ts'

/** The wall-clock time at which every simulation starts. */
export const epoch = Date.parse('2026-03-01T12:00:00Z')

/** The clock of a machine whose wall clock is wrong by so much. */
export const makeSimulatedClock = (scheduler: Scheduler, skewMilliseconds: number): Clock => {
  const sleep: Clock['sleep'] = (milliseconds) => () => scheduler.sleep(milliseconds)
  return { now: () => epoch + scheduler.now() + skewMilliseconds, monotonic: scheduler.now, sleep, alarm: sleep }
}

/** The same clock as one process sees it: while it stands still nobody wakes it, and its timers wait for it. */
export const clockOf = (clock: Clock, replica: Replica): Clock => {
  const wakeAt = async (reading: number): Promise<void> => {
    await clock.sleep(reading - replica.monotonic())()
    await replica.thawed()
    if (replica.monotonic() < reading) await wakeAt(reading)
  }
  const sleep: Clock['sleep'] = (milliseconds) => () => wakeAt(replica.monotonic() + milliseconds)
  return { ...clock, monotonic: replica.elapsed, sleep, alarm: sleep }
}
