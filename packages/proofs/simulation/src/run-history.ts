import type { AuditRecord } from '@pull-secret/domain'
import type { FaultPlan, FaultSource } from './faults.ts'
import type { Service } from './fleet.ts'
import { violationsOnTheWay } from './invariants/violations-of.ts'
import type { Act, Operation } from './operations.ts'
import { makeProcesses, type Processes } from './processes.ts'
import { makeRandom, streamOf } from './random.ts'
import { ban, generate, recover, remove, retrieve, unban } from './requests.ts'
import { runUntilSettled } from './run-until-settled.ts'
import { transitionOf } from './transition-of.ts'
import type { Violation } from './violation.ts'
import { makeWorld, type Side, type TraceOption, type World } from './world.ts'

export interface History {
  readonly seed: number
  readonly vendors: ReadonlyArray<string>
  readonly deployments: number
  readonly operations: ReadonlyArray<Operation>
}

export interface HistoryReport {
  readonly violations: ReadonlyArray<Violation>
  readonly struck: FaultPlan
  /** Rows of the transition tables that were used, as in `K1 absent -> live`. */
  readonly transitions: ReadonlySet<string>
  /** States that rows were in. */
  readonly states: ReadonlySet<string>
  readonly timeline: ReadonlyArray<string>
}

const tenMinutes = 600_000

const changesIn = ({ sides }: World): ReadonlyArray<AuditRecord> =>
  sides.flatMap(({ fleet: { tables } }) =>
    [...tables.audit.values()].flatMap((chain) =>
      chain.flatMap(({ record }) => (record.kind === 'change' ? [record] : [])),
    ),
  )

export const reportOf = (world: World, violations: ReadonlyArray<Violation>): HistoryReport => {
  const changes = changesIn(world)
  return {
    violations,
    struck: world.faults.struck(),
    timeline: world.timeline.lines(),
    transitions: new Set(changes.map(transitionOf)),
    states: new Set(changes.map(({ metadata }) => String(metadata['to']))),
  }
}

interface Sent {
  readonly deployment: number
  readonly request: (service: Service) => Promise<void>
}

const requestOf = (
  world: World,
  side: Side,
  act: Exclude<Act, { readonly kind: 'repeat' | 'configure' }>,
): Sent['request'] => {
  switch (act.kind) {
    case 'generate':
      return (service) => generate(world, side, service, { clusterId: act.cluster })
    case 'recreate': {
      const incarnation = side.deletedIncarnations.get(act.cluster)
      return (service) => generate(world, side, service, { clusterId: act.cluster, recreate: incarnation })
    }
    case 'retrieve':
      return (service) => retrieve(world, side, service, act.cluster)
    case 'delete':
      return (service) => remove(world, side, service, { clusterId: act.cluster, incarnation: act.incarnation })
    case 'ban':
      return (service) => ban(world, side, service, act.cluster)
    case 'unban':
      return (service) => unban(world, side, service, act.cluster)
    case 'recover':
      return (service) => recover(world, side, service)
    case 'crash':
      return ({ replica }) => {
        world.timeline.note(() => `${replica.name} crashes`)
        replica.crash()
        return Promise.resolve()
      }
  }
}

const sideAt = ({ sides }: World, deployment: number): Side => {
  const side = sides[deployment]
  if (side === undefined) throw new Error(`there is no deployment ${String(deployment)}`)
  return side
}

/**
 * Plays a history: requests of impatient clients on replicas that come and go, while everything may go wrong at every
 * port call.
 */
export const runHistory = async (
  history: History,
  faults: FaultSource,
  { trace = false }: TraceOption = {},
): Promise<HistoryReport> => {
  const world = makeWorld({ ...history, faults, trace })
  const processes = world.sides.map((side) => {
    const random = makeRandom(streamOf(history.seed, 'processes'))
    return makeProcesses(world, side, () => random.between(-tenMinutes, tenMinutes))
  })
  const processesOf = (deployment: number): Processes => processes[deployment] as Processes
  const sent = new Map<number, Sent>()
  const sentBy = ({ act, deployment }: Operation): Sent | undefined => {
    if (act.kind === 'repeat') return sent.get(act.of)
    return act.kind === 'configure'
      ? undefined
      : { deployment, request: requestOf(world, sideAt(world, deployment), act) }
  }
  for (const operation of history.operations) {
    const message = sentBy(operation)
    if (message !== undefined) {
      sent.set(operation.number, message)
      const process = await processesOf(message.deployment).at(operation.replica)
      if (process !== undefined)
        void message.request(sideAt(world, message.deployment).fleet.serve(process, world.networkOf(operation.number)))
    } else if (operation.act.kind === 'configure')
      await processesOf(operation.deployment).change(operation.replica, operation.act)
    await world.scheduler.advance(operation.waitMilliseconds)
    world.brokenOnTheWay.push(...world.sides.flatMap((side) => violationsOnTheWay(world, side)))
  }
  return reportOf(world, await runUntilSettled(world))
}
