import type { Clock } from '@pull-secret/domain'
import { now } from '@pull-secret/domain/testing'

/** A clock that moves only while somebody sleeps; its alarms never ring. Both are noted. */
export const makeNotedClock = (startsAt = 1000) => {
  const [sleeps, alarms]: [Array<number>, Array<number>] = [[], []]
  let elapsed = startsAt
  const clock: Clock = {
    now: () => now + elapsed - startsAt,
    monotonic: () => elapsed,
    sleep: (milliseconds) => () => {
      sleeps.push(milliseconds)
      elapsed += milliseconds
      return Promise.resolve()
    },
    alarm: (milliseconds) => () => {
      alarms.push(milliseconds)
      return new Promise(() => undefined)
    },
  }
  return {
    clock,
    sleeps,
    alarms,
    pass: (milliseconds: number) => {
      elapsed += milliseconds
    },
  }
}
