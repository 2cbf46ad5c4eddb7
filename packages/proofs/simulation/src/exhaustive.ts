import {
  type FaultKind,
  faultKinds,
  type FaultPlan,
  type FaultPoint,
  faultsOf,
  type MadeCall,
  plannedFaults,
} from './faults.ts'
import type { Service } from './fleet.ts'
import { violationsOnTheWay } from './invariants/violations-of.ts'
import { makeProcesses } from './processes.ts'
import { never } from './replica.ts'
import { ban, generate, recover, remove, retrieve, unban } from './requests.ts'
import { type HistoryReport, reportOf } from './run-history.ts'
import { runUntilSettled } from './run-until-settled.ts'
import { type Play, type Script, scripts, type Stage } from './scripts.ts'
import { knobsOf } from './vendors/vendor-knobs.ts'
import { makeWorld, type Side, type TraceOption, type World } from './world.ts'

const clientTimeoutMilliseconds = 10_000
const skewsMilliseconds = [-600_000, 600_000]

/** The replica of a number as the next operation finds it, or, if it does not start, nobody who ever answers. */
const makeServiceAt = (world: World, side: Side): ((replica: number) => Promise<Service>) => {
  const processes = makeProcesses(world, side, (index) => skewsMilliseconds[index] ?? 0)
  let operations = 0
  return async (index) => {
    const network = world.networkOf(operations)
    operations += 1
    const process = await processes.at(index)
    return process === undefined ? never() : side.fleet.serve(process, network)
  }
}

const makeStage = (world: World, side: Side): Stage => {
  const { sleep } = world.scheduler
  const serviceAt = makeServiceAt(world, side)
  /** What was handed out must hold whenever somebody's request ends, not only in the end. */
  const act =
    (request: (service: Service, clusterId: string) => Promise<void>): Play =>
    async (replica = 0, clusterId = 'cls-aaaaaa') => {
      await Promise.race([
        serviceAt(replica).then((service) => request(service, clusterId)),
        sleep(clientTimeoutMilliseconds),
      ])
      world.brokenOnTheWay.push(...violationsOnTheWay(world, side))
    }
  return {
    generate: act((service, clusterId) => generate(world, side, service, { clusterId })),
    retrieve: act((service, clusterId) => retrieve(world, side, service, clusterId)),
    recreate: act((service, clusterId) =>
      generate(world, side, service, { clusterId, recreate: side.deletedIncarnations.get(clusterId) }),
    ),
    remove: act((service, clusterId) => remove(world, side, service, { clusterId })),
    ban: act((service, clusterId) => ban(world, side, service, clusterId)),
    unban: act((service, clusterId) => unban(world, side, service, clusterId)),
    recover: act((service) => recover(world, side, service)),
    sleep,
  }
}

/** A script with exactly the faults that strike in it: everything needed to see it again. */
export interface ScriptCase {
  readonly seed: number
  readonly vendors: ReadonlyArray<string>
  /** The name of one of the scripts. */
  readonly script: string
  readonly faults: FaultPlan
}

const play = async (
  { seed, vendors, script: name, faults }: ScriptCase,
  { trace = false }: TraceOption = {},
): Promise<{ report: HistoryReport; calls: ReadonlyArray<MadeCall> }> => {
  const script = scripts.find((one) => one.name === name)
  if (script === undefined) throw new Error(`there is no script ${name}`)
  const world = makeWorld({ seed, vendors, deployments: 1, trace, faults: plannedFaults(faults) })
  const side = world.sides[0] as Side
  let isDone = false
  void script
    .run(makeStage(world, side))
    .catch((bug: unknown) => {
      side.callers.bugs.push(bug)
    })
    .finally(() => {
      isDone = true
    })
  await world.scheduler.runUntil(() => isDone)
  const calls = [...world.faults.calls()]
  return { report: reportOf(world, await runUntilSettled(world)), calls }
}

export interface ExhaustiveFinding {
  readonly kept: ScriptCase
  readonly report: HistoryReport
}

export interface ExhaustiveReport {
  readonly runs: number
  readonly findings: ReadonlyArray<ExhaustiveFinding>
}

/** One of so many equal parts, counted from 1. */
export interface Share {
  readonly part: number
  readonly of: number
}

export interface ExhaustiveOptions {
  readonly vendors: ReadonlyArray<string>
  readonly seed: number
  /** Also every pair of fault points, with the second drawn from those that the first left reachable. */
  readonly pairs: boolean
  /** Only the first faults of this share, with every second one. Absent: all. */
  readonly share?: Share
  /** Absent: all. */
  readonly allowedFaults?: ReadonlyArray<FaultKind>
  readonly onRun?: (report: HistoryReport) => void
}

type Strike = readonly [FaultPoint, FaultKind]

/** Whoever waits for a shared object or a turn asks again and again; the fifth asking is like the fourth. */
const isOneAskingOfMany = ({ point, call }: MadeCall): boolean =>
  (call === 'shared.take' || call === 'budget.take') && Number(point.split('/').at(-1)) > 3

/** Whether clusters meet at the vendor. */
const makesClustersMeet = (kind: string): boolean => {
  const { sharedObject, limit } = knobsOf(kind)
  return sharedObject || limit !== undefined
}

const strikesAt = (calls: ReadonlyArray<MadeCall>, allowed: ReadonlyArray<FaultKind>): ReadonlyArray<Strike> =>
  calls
    .filter((made) => !isOneAskingOfMany(made))
    .flatMap(({ point, call }) =>
      faultsOf[call].filter((kind) => allowed.includes(kind)).map((kind): Strike => [point, kind]),
    )

/** Every script with every fault at every port call it makes, and on request with every second fault after that. */
export const runExhaustively = async ({
  vendors,
  seed,
  pairs,
  share = { part: 1, of: 1 },
  allowedFaults = faultKinds,
  onRun = () => undefined,
}: ExhaustiveOptions): Promise<ExhaustiveReport> => {
  const findings: Array<ExhaustiveFinding> = []
  let runs = 0
  let first = 0
  const attempt = async (script: Script, faults: FaultPlan): Promise<ReadonlyArray<MadeCall>> => {
    const kept = { seed, vendors, script: script.name, faults }
    const { report, calls } = await play(kept)
    runs += 1
    onRun(report)
    if (report.violations.length > 0) findings.push({ kept, report })
    return calls
  }
  const meets = vendors.some(makesClustersMeet)
  for (const script of scripts.filter(({ isCrowded = false }) => !isCrowded || (meets && !pairs))) {
    for (const [point, kind] of strikesAt(await attempt(script, {}), allowedFaults)) {
      first += 1
      if (first % share.of !== share.part % share.of) continue
      const calls = await attempt(script, { [point]: kind })
      if (!pairs) continue
      const later = calls.slice(calls.findIndex((made) => made.point === point) + 1)
      for (const [second, secondKind] of strikesAt(later, allowedFaults))
        await attempt(script, { [point]: kind, [second]: secondKind })
    }
  }
  return { runs, findings }
}

/** One planned run again. */
export const replayPlan = async (kept: ScriptCase, option?: TraceOption): Promise<HistoryReport> =>
  (await play(kept, option)).report
