import { setTimeout } from 'node:timers/promises'
import { type Clock, makeElapsedClock } from '@pull-secret/domain'

/** Node fires a longer timer at once. */
const maximumTimerMilliseconds = 2 ** 31 - 1

/** A timer of Node may fire a fraction of a millisecond early, so the end is looked at again. */
const sleepUntil = async (end: number, { holdsProcess }: { readonly holdsProcess: boolean }): Promise<void> => {
  for (let left = end - performance.now(); left > 0; left = end - performance.now()) {
    await setTimeout(Math.min(Math.ceil(left), maximumTimerMilliseconds), undefined, { ref: holdsProcess })
  }
}

/** This process's wall clock and monotonic clock. */
export const makeNodeClock = (): Clock => ({
  now: () => Date.now(),
  monotonic: makeElapsedClock(() => performance.now(), Date.now),
  sleep: (milliseconds) => () => sleepUntil(performance.now() + milliseconds, { holdsProcess: true }),
  alarm: (milliseconds) => () => sleepUntil(performance.now() + milliseconds, { holdsProcess: false }),
})
