import { violationsOf } from './invariants/violations-of.ts'
import { makeReplica } from './replica.ts'
import { recover } from './requests.ts'
import type { Violation } from './violation.ts'
import { landingWindowSeconds } from './vendors/vendor-knobs.ts'
import { trueTime, type Side, type World } from './world.ts'

/** The number of what is done when all operations are over. */
const afterwards = -1
const oneDay = 86_400_000
const roundsUntilRest = 400
/** Longer than a process stands still at most, and than a lease. */
const longestPauseMilliseconds = 1_600_000

const dueTimes = ({ fleet: { tables } }: Side): ReadonlyArray<number> => [...tables.clusters.values()].flatMap(({ cluster, credentials }) => [
  ...(cluster?.state === 'live' && cluster.nextAttemptAt !== undefined ? [cluster.nextAttemptAt] : []),
  ...credentials.flatMap((row) => (row.state !== 'active' && row.nextAttemptAt !== undefined ? [row.nextAttemptAt] : [])),
])

const workUntilRest = async (world: World, side: Side): Promise<void> => {
  const { scheduler } = world
  const janitor = side.fleet.serve({ replica: makeReplica('janitor', scheduler), skewMilliseconds: 0 }, world.networkOf(afterwards))
  for (let round = 0; round < roundsUntilRest && dueTimes(side).length > 0; round += 1) {
    await scheduler.advance(Math.min(oneDay, Math.max(0, Math.min(...dueTimes(side)) - trueTime(world)) + 1))
    let isDone = false
    void recover(world, side, janitor).finally(() => { isDone = true })
    await scheduler.runUntil(() => isDone)
  }
}

/** Faults stop, whatever is on its way lands, and the service works until nothing is due. Then every promise is checked. */
export const comeToRest = async (world: World): Promise<ReadonlyArray<Violation>> => {
  const { scheduler, faults, timeline, vendors, sides } = world
  faults.stop()
  timeline.note(() => 'faults stop')
  for (const vendor of vendors) {
    vendor.givePermission()
    vendor.liftQuota()
  }
  await scheduler.advance(longestPauseMilliseconds + Math.max(...vendors.map(({ knobs }) => landingWindowSeconds(knobs))) * 1000)
  for (const side of sides) await workUntilRest(world, side)
  return [...world.brokenOnTheWay, ...sides.flatMap((side) => violationsOf(world, side))]
}
