import { clockSuite } from '@pull-secret/port-contracts'
import { plannedFaults } from '../src/faults.ts'
import { makeFleet } from '../src/fleet.ts'
import { makeRandom } from '../src/random.ts'
import { makeScheduler } from '../src/scheduler.ts'
import { silentTimeline } from '../src/timeline.ts'

describe('the clock of the simulation', () => {
  clockSuite(() => {
    const scheduler = makeScheduler()
    const network = { scheduler, random: makeRandom(1), faults: plannedFaults({}), timeline: silentTimeline, foreign: new Set<string>() }
    const { clock } = makeFleet(network, [], (bug) => { throw bug })
    return {
      clock,
      isReal: false,
      run: async (task) => {
        let isDone = false
        const result = task().finally(() => { isDone = true })
        await scheduler.runUntil(() => isDone)
        return result
      },
    }
  })
})
