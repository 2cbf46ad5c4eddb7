import { type ClusterLedger, type Credential, servedUntil } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { GivenCredential } from './callers.ts'
import { newestRegistries } from './configuration.ts'
import { longestStallMilliseconds } from './faults.ts'
import type { Service } from './fleet.ts'
import { livingRows } from './invariants/rows.ts'
import { violationsOf, violationsOnTheWay } from './invariants/violations-of.ts'
import { waitsForPerson } from './invariants/waits-for-person.ts'
import { makeReplica } from './replica.ts'
import { recover, retrieve } from './requests.ts'
import { landingWindowSeconds } from './vendors/vendor-knobs.ts'
import type { Violation } from './violation.ts'
import type { Side, World } from './world.ts'

/** The number of what is done when all operations are over. */
const afterwards = -1
const oneDay = 86_400_000
/** What a process does under a lease that it took just before it stood still. */
const leaseAndAnswerMilliseconds = 100_000
const roundsUntilRest = 400
/** Back-off is minutes, settling a quarter of an hour, and a proof may take a second look. */
const longestWayToRestMilliseconds = 10_800_000

/**
 * A cluster that lacks nothing is due again only because what it has will end. Where several of them have tokens that
 * end, there may be no moment at which each has been looked at since its last token was minted.
 */
const waitsForAnEnd = (side: Side, { cluster, credentials }: ClusterLedger): boolean => {
  const wanted = newestRegistries(side).filter(({ enabled }) => enabled)
  const active = credentials.filter(({ state }) => state === 'active')
  return (
    wanted.every(({ id }) => active.some(({ registryId }) => registryId === id)) &&
    active.every((row) => servedUntil(row) > side.fleet.database.clock.now()) &&
    active.some((row) => Number.isFinite(servedUntil(row)) && (cluster?.nextAttemptAt ?? 0) <= servedUntil(row)) &&
    credentials.every((row) => row.state === 'active' || waitsForPerson(side, row))
  )
}

/** What is in use is done once somebody has looked whether it is accepted. */
const isUnfinished = ({ state, nextWork, verdict }: Credential): boolean =>
  state !== 'active' || (nextWork === 'validate' && verdict !== 'valid')

const dueTimesOf = (side: Side, ledger: ClusterLedger): ReadonlyArray<number> => {
  const { cluster, credentials } = ledger
  const mayComplete = newestRegistries(side).some(({ enabled }) => enabled)
  const isDue = mayComplete && cluster?.state === 'live' && !waitsForAnEnd(side, ledger)
  return [
    ...(isDue && cluster.nextAttemptAt !== undefined ? [cluster.nextAttemptAt] : []),
    ...credentials.flatMap((row) =>
      isUnfinished(row) && row.nextAttemptAt !== undefined && !waitsForPerson(side, row) ? [row.nextAttemptAt] : [],
    ),
  ]
}

/**
 * What is due at no time that will come is never due; what waits for a person does not wait for us, and no cluster is
 * complete where no registry is enabled.
 */
const dueTimes = (side: Side): ReadonlyArray<number> =>
  [...side.fleet.tables.clusters.values()].flatMap((ledger) => dueTimesOf(side, ledger)).filter(Number.isFinite)

/** When the service next has something to do, be it only to mint a token again. */
const nextDue = (side: Side): number => {
  const rows = [...side.fleet.tables.clusters.values()].flatMap(({ credentials }) => credentials)
  return Math.min(...dueTimes(side), ...rows.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []))
}

const recoverOnce = async (world: World, side: Side, janitor: Service): Promise<void> => {
  let isDone = false
  void recover(world, side, janitor).finally(() => {
    isDone = true
  })
  await world.scheduler.runUntil(() => isDone)
}

/** Works until no row and no cluster is due, or for longer than it may take, and says when that was. */
const workUntilRest = async (world: World, side: Side, janitor: Service, calmSince: number): Promise<number> => {
  const { scheduler } = world
  const isOverdue = (): boolean => scheduler.now() - calmSince > longestWayToRestMilliseconds
  for (let round = 0; round < roundsUntilRest && dueTimes(side).length > 0 && !isOverdue(); round += 1) {
    await scheduler.advance(Math.min(oneDay, Math.max(0, nextDue(side) - side.fleet.database.clock.now()) + 1))
    await recoverOnce(world, side, janitor)
    world.brokenOnTheWay.push(...violationsOnTheWay(world, side))
  }
  return scheduler.now()
}

/**
 * What is served when everything is done is accepted by every vendor, even after a long time in which nothing else
 * had to be done.
 */
const servedInVain = async (world: World, side: Side, janitor: Service): Promise<ReadonlyArray<Violation>> => {
  const { scheduler } = world
  await recoverOnce(world, side, janitor)
  await workUntilRest(world, side, janitor, scheduler.now())
  const before = side.callers.given.length
  for (const clusterId of side.fleet.tables.clusters.keys()) {
    let isDone = false
    void retrieve(world, side, janitor, clusterId).finally(() => {
      isDone = true
    })
    await scheduler.runUntil(() => isDone)
  }
  return side.callers.given.slice(before).flatMap((given) => [...refused(given), ...misjudged(side, given)])
}

const refused = ({ vendor, username, token, registryId, clusterId }: GivenCredential): ReadonlyArray<Violation> =>
  vendor.accepts(username, token)
    ? []
    : [{ invariant: 'I2', message: `${registryId} refuses what is served for ${clusterId} when everything is done` }]

/** What every registry accepts was looked at by then, and calls for nobody. */
const misjudged = (
  { fleet: { tables } }: Side,
  { registryId, clusterId, username }: GivenCredential,
): ReadonlyArray<Violation> =>
  livingRows(tables)
    .filter((row) => row.registryId === registryId && row.clusterId === clusterId && row.username === username)
    .filter(({ verdict, problem }) => verdict !== 'valid' || problem !== undefined)
    .map(({ verdict = 'not looked at', problem = 'no problem' }) => ({
      invariant: 'contract',
      message: `what ${registryId} accepts of ${clusterId} is ${verdict} (${problem}) when everything is done`,
    }))

/**
 * A process with the newest configuration: what was begun is rolled out everywhere, or rolled back where the service
 * refuses to start with it.
 */
const startJanitor = async (world: World, side: Side): Promise<Service> => {
  const configuration = side.newestConfiguration
  const replica = makeReplica('janitor', world.scheduler)
  const janitor = side.fleet.serve({ replica, skewMilliseconds: 0, configuration }, world.networkOf(afterwards))
  const started = await janitor.start()
  if (E.isRight(started)) return janitor
  if (configuration.length === 0) {
    side.callers.bugs.push(new Error(`the service starts with no configuration any more: ${started.left.code}`))
    return janitor
  }
  side.newestConfiguration = configuration.slice(0, -1)
  return startJanitor(world, side)
}

/**
 * Faults stop, whatever is on its way lands, and the service works until nothing is due. Then every promise is
 * checked.
 */
export const runUntilSettled = async (world: World): Promise<ReadonlyArray<Violation>> => {
  const { scheduler, faults, timeline, vendors, sides } = world
  faults.stop()
  timeline.note(() => 'faults stop')
  for (const vendor of vendors) {
    vendor.givePermission()
    vendor.liftQuota()
    vendor.outages.end()
    vendor.backends.repair()
  }
  for (const { fleet } of sides) fleet.database.promote()
  await scheduler.advance(
    longestStallMilliseconds +
      leaseAndAnswerMilliseconds +
      Math.max(...[...vendors].map(({ knobs }) => landingWindowSeconds(knobs))) * 1000,
  )
  const calmSince = scheduler.now()
  const broken: Array<Violation> = []
  for (const side of sides) {
    const janitor = await startJanitor(world, side)
    const restedAt = await workUntilRest(world, side, janitor, calmSince)
    if (restedAt - calmSince > longestWayToRestMilliseconds)
      broken.push({
        invariant: 'I7',
        message: `rest came only ${String(restedAt - calmSince)} ms after everything had landed`,
      })
    broken.push(...(await servedInVain(world, side, janitor)))
  }
  return [...world.brokenOnTheWay, ...broken, ...sides.flatMap((side) => violationsOf(world, side))]
}
