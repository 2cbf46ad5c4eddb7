import { clockSuite } from '@pull-secret/port-contracts'
import { makeScheduler } from './scheduler.ts'
import { makeSimulatedClock } from './simulated-clock.ts'

describe('the clock of the simulation', () => {
  clockSuite(() => {
    const scheduler = makeScheduler()
    return {
      clock: makeSimulatedClock(scheduler, 0),
      isReal: false,
      run: async (task) => {
        let isDone = false
        const result = task().finally(() => {
          isDone = true
        })
        await scheduler.runUntil(() => isDone)
        return result
      },
    }
  })
})
