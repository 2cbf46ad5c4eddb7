import { randomFaults, type FaultKind } from './faults.ts'
import type { Service, VendorPlan } from './fleet.ts'
import { cause, comeToRest, generate, lookNow, makeWorld, remove, retrieve, type World } from './history.ts'
import type { Violation } from './invariants.ts'

export interface RandomHistoryOptions {
  readonly seed: number
  readonly operations: number
  readonly plans: ReadonlyArray<VendorPlan>
  readonly faultProbability: number
  readonly allowedFaults?: ReadonlyArray<FaultKind>
  readonly trace?: boolean
}

export interface HistoryReport {
  readonly seed: number
  readonly violations: ReadonlyArray<Violation>
  readonly struck: Readonly<Record<string, number>>
  /** Rules of the transition tables that were used. */
  readonly rules: ReadonlySet<string>
  readonly timeline: ReadonlyArray<string>
}

const clusters = ['cls-aaaaaa', 'cls-bbbbbb', 'cls-cccccc', 'cls-dddddd', 'cls-eeeeee']
const tenMinutes = 600_000

const rulesUsed = ({ fleet: { tables } }: World): ReadonlySet<string> =>
  new Set([...tables.audit.values()].flatMap((chain) => chain.flatMap(({ record }) => (record.kind === 'change' ? [String(record.metadata['rule'])] : []))))

export const reportOf = (world: World, seed: number, violations: ReadonlyArray<Violation>): HistoryReport =>
  ({ seed, violations, struck: world.network.faults.struck(), rules: rulesUsed(world), timeline: world.network.timeline.lines() })

/** Requests of all kinds from impatient clients, on replicas that come and go, while everything may go wrong at every port call. */
export const runRandomHistory = async (options: RandomHistoryOptions): Promise<HistoryReport> => {
  const world = makeWorld({ seed: options.seed, plans: options.plans, trace: options.trace, faults: (random) => randomFaults(random, options.faultProbability, options.allowedFaults) })
  const { network: { random, scheduler }, fleet, callers } = world
  let started = 0
  const newService = (): Service => {
    started += 1
    return fleet.start(`replica-${String(started)}`, random.between(-tenMinutes, tenMinutes))
  }
  let services = [newService(), newService()]
  const sent: (() => void)[] = []
  const act = (request: () => void): void => {
    sent.push(request)
    request()
  }
  const service = (): Service => random.pick(services)

  for (let operation = 0; operation < options.operations; operation += 1) {
    services = services.map((one) => (one.replica.isAlive() ? one : newService()))
    const clusterId = random.pick(clusters)
    const dice = random.next()
    if (dice < 0.32) act(() => void generate(world, service(), { clusterId, cause }))
    else if (dice < 0.46) {
      const incarnation = world.deletedIncarnations.get(clusterId)
      act(() => void generate(world, service(), { clusterId, cause, recreate: incarnation }))
    } else if (dice < 0.6) act(() => void retrieve(world, service(), clusterId))
    else if (dice < 0.72) act(() => void remove(world, service(), { clusterId, cause }))
    else if (dice < 0.75) act(() => void remove(world, service(), { clusterId, cause, incarnation: random.between(1, 4) }))
    else if (dice < 0.88) void service().recover({ ...cause, subject: 'recovery' })().catch((bug: unknown) => { callers.bugs.push(bug) })
    else if (dice < 0.92) service().replica.crash()
    else if (sent.length > 0) random.pick(sent)()
    await scheduler.advance(random.chance(0.1) ? random.between(60_000, 1_200_000) : random.between(0, 3000))
    lookNow(world)
  }
  return reportOf(world, options.seed, await comeToRest(world))
}
