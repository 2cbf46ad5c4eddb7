import { faultsOf, plannedFaults, type FaultKind, type PortCall } from './faults.ts'
import type { Service, VendorPlan } from './fleet.ts'
import { cause, comeToRest, generate, makeWorld, remove, type World } from './history.ts'
import { reportOf, type HistoryReport } from './random-history.ts'

/** A short course of requests whose every port call is made to fail in every way. */
export interface Script {
  readonly name: string
  readonly run: (world: World, service: () => Service) => Promise<void>
}

const clusterId = 'cls-aaaaaa'
const clientTimeoutMilliseconds = 10_000

/** A client waits this long for an answer and no longer; the request goes on without it. */
const impatiently = (world: World, request: Promise<void>): Promise<void> =>
  Promise.race([request, world.network.scheduler.sleep(clientTimeoutMilliseconds)])

const generateOnce = (world: World, service: () => Service): Promise<void> => impatiently(world, generate(world, service(), { clusterId, cause }))
const removeOnce = (world: World, service: () => Service): Promise<void> => impatiently(world, remove(world, service(), { clusterId, cause }))

export const scripts: ReadonlyArray<Script> = [
  { name: 'generate, and again', run: async (world, service) => { await generateOnce(world, service); await generateOnce(world, service) } },
  { name: 'generate, then delete', run: async (world, service) => { await generateOnce(world, service); await removeOnce(world, service); await removeOnce(world, service) } },
  {
    name: 'delete while generating',
    run: async (world, service) => { await Promise.all([generateOnce(world, service), world.network.scheduler.sleep(60).then(() => removeOnce(world, service))]) },
  },
  {
    name: 'delete, then recreate',
    run: async (world, service) => {
      await generateOnce(world, service)
      await removeOnce(world, service)
      await world.network.scheduler.sleep(1_200_000)
      await impatiently(world, service().recover(cause)().then(() => undefined))
      await generateOnce(world, service)
      await impatiently(world, generate(world, service(), { clusterId, cause, recreate: world.deletedIncarnations.get(clusterId) }))
    },
  },
]

const play = async (script: Script, plans: ReadonlyArray<VendorPlan>, seed: number, plan: Readonly<Record<number, FaultKind>>, trace: boolean): Promise<{ report: HistoryReport; calls: ReadonlyArray<PortCall> }> => {
  const world = makeWorld({ seed, plans, trace, faults: () => plannedFaults(plan) })
  let started = 0
  const newService = (): Service => {
    started += 1
    return world.fleet.start(`replica-${String(started)}`, 0)
  }
  let current = newService()
  const service = (): Service => {
    if (!current.replica.isAlive()) current = newService()
    return current
  }
  let isDone = false
  void script.run(world, service).then(() => { isDone = true }, (bug: unknown) => { world.callers.bugs.push(bug); isDone = true })
  await world.network.scheduler.runUntil(() => isDone)
  const calls = [...world.network.faults.calls()]
  return { report: reportOf(world, seed, await comeToRest(world)), calls }
}

export interface ExhaustiveFinding {
  readonly script: string
  readonly plan: Readonly<Record<number, FaultKind>>
  readonly report: HistoryReport
}

export interface ExhaustiveReport {
  readonly runs: number
  readonly findings: ReadonlyArray<ExhaustiveFinding>
  readonly rules: ReadonlySet<string>
}

export interface ExhaustiveOptions {
  readonly plans: ReadonlyArray<VendorPlan>
  readonly seed: number
  /** Also every pair of fault points, with the second drawn from those that the first left reachable. */
  readonly pairs: boolean
  readonly onRun?: () => void
}

const plansWithin = (calls: ReadonlyArray<PortCall>, from: number): ReadonlyArray<readonly [number, FaultKind]> =>
  calls.flatMap((call, index) => (index < from ? [] : faultsOf[call].map((kind) => [index, kind] as const)))

/** Every script with every fault at every port call it makes, and on request with every second fault after that. */
export const runExhaustively = async ({ plans, seed, pairs, onRun = () => undefined }: ExhaustiveOptions): Promise<ExhaustiveReport> => {
  const findings: ExhaustiveFinding[] = []
  const rules = new Set<string>()
  let runs = 0
  const attempt = async (script: Script, plan: Readonly<Record<number, FaultKind>>): Promise<ReadonlyArray<PortCall>> => {
    const { report, calls } = await play(script, plans, seed, plan, false)
    runs += 1
    onRun()
    report.rules.forEach((rule) => rules.add(rule))
    if (report.violations.length > 0) findings.push({ script: script.name, plan, report })
    return calls
  }
  for (const script of scripts) {
    for (const [index, kind] of plansWithin(await attempt(script, {}), 0)) {
      const calls = await attempt(script, { [index]: kind })
      if (!pairs) continue
      for (const [second, secondKind] of plansWithin(calls, index + 1)) await attempt(script, { [index]: kind, [second]: secondKind })
    }
  }
  return { runs, findings, rules }
}

/** One planned run again, with its timeline. */
export const replayPlan = async (scriptName: string, plans: ReadonlyArray<VendorPlan>, seed: number, plan: Readonly<Record<number, FaultKind>>): Promise<HistoryReport> => {
  const script = scripts.find((one) => one.name === scriptName)
  if (script === undefined) throw new Error(`there is no script ${scriptName}`)
  return (await play(script, plans, seed, plan, true)).report
}
