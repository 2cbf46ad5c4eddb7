import { clusterTransitions, credentialTransitions } from '@pull-secret/domain'
import { replayPlan, runExhaustively, runRandomHistory, vendorKinds, vendorPlans, type HistoryReport } from '@pull-secret/simulation'
import { readOptions, usage, type SimulateOptions } from './options.ts'

interface Sink {
  readonly write: (text: string) => unknown
  readonly isTTY?: boolean
}

/** Which feature brings the trigger of a transition that nothing sets off yet. */
const featureOf: Readonly<Record<string, string>> = {
  C6: 'pool', C9: 'rotation', C10: 'rotation', C12: 'rotation', C15: 'decommissioning by an operator', C16: 'inventory and drift', C17: 'restore',
}

const pairOf = (seed: number): ReadonlyArray<string> => {
  const kinds = Object.keys(vendorKinds)
  const pair = [kinds[seed % kinds.length], kinds[(seed * 7 + 1) % kinds.length]]
  return [...new Set(pair.flatMap((kind) => kind ?? []))]
}

const makeProgress = (errors: Sink, total: number) => {
  let done = 0
  return {
    step: (): void => {
      done += 1
      if (errors.isTTY === true && (done % 20 === 0 || done === total)) errors.write(`\r${String(done)} of ${String(total)} histories`)
    },
    end: (): void => { if (errors.isTTY === true) errors.write('\n') },
  }
}

const coverage = (rules: ReadonlySet<string>): string => {
  const all = [...Object.keys(credentialTransitions), ...Object.keys(clusterTransitions)]
  const waiting = all.filter((rule) => !rules.has(rule))
  const missing = waiting.filter((rule) => featureOf[rule] === undefined)
  return [
    `transitions covered: ${String(all.length - waiting.length)} of ${String(all.length)}`,
    ...waiting.map((rule) => `  ${rule}: ${featureOf[rule] === undefined ? 'NOT REACHED' : `comes with ${featureOf[rule]}`}`),
    missing.length === 0 ? 'every legal transition whose trigger exists was reached' : `not reached: ${missing.join(', ')}`,
  ].join('\n')
}

const tellFailure = (report: HistoryReport, options: SimulateOptions, vendors: ReadonlyArray<string>): string => [
  `seed ${String(report.seed)} with ${vendors.join(',')} breaks:`,
  ...report.violations.map(({ invariant, message }) => `  ${invariant} ${message}`),
  `  again: npm run simulate -- --seed ${String(report.seed)} --runs 1 --operations ${String(options.operations)} --vendor ${vendors.join(',')} --faults ${String(options.faults)} --trace`,
  ...(options.trace ? report.timeline : []),
].join('\n')

/** The shortest history of the same seed that still breaks a promise. */
const shrink = async (report: HistoryReport, options: SimulateOptions, vendors: ReadonlyArray<string>): Promise<HistoryReport & { readonly operations: number }> => {
  for (let operations = 1; operations < options.operations; operations += 1) {
    const shorter = await runRandomHistory({ seed: report.seed, operations, plans: vendorPlans(vendors), faultProbability: options.faults, trace: true })
    if (shorter.violations.length > 0) return { ...shorter, operations }
  }
  return { ...report, operations: options.operations }
}

const simulateRandomly = async (options: SimulateOptions, out: Sink, errors: Sink): Promise<number> => {
  const progress = makeProgress(errors, options.runs)
  const rules = new Set<string>()
  const struck: Record<string, number> = {}
  let failed = 0
  for (let seed = options.seed; seed < options.seed + options.runs; seed += 1) {
    const vendors = options.vendors ?? pairOf(seed)
    const report = await runRandomHistory({ seed, operations: options.operations, plans: vendorPlans(vendors), faultProbability: options.faults, trace: options.trace })
    report.rules.forEach((rule) => rules.add(rule))
    Object.entries(report.struck).forEach(([kind, count]) => { struck[kind] = (struck[kind] ?? 0) + count })
    progress.step()
    if (report.violations.length === 0) continue
    failed += 1
    const shortest = await shrink(report, options, vendors)
    out.write(`${tellFailure(shortest, { ...options, operations: shortest.operations }, vendors)}\n`)
  }
  progress.end()
  out.write(`faults injected: ${Object.entries(struck).sort().map(([kind, count]) => `${kind} ${String(count)}`).join(', ')}\n`)
  out.write(`invariants checked after every history: I1 I2 I3 I4 I5 I6 I7\n${coverage(rules)}\n`)
  out.write(`${String(options.runs - failed)} passed, ${String(failed)} failed, 0 skipped\n`)
  return failed === 0 ? 0 : 1
}

const simulateExhaustively = async (options: SimulateOptions, out: Sink): Promise<number> => {
  const results = { passed: 0, failed: 0 }
  for (const kind of options.vendors ?? Object.keys(vendorKinds)) {
    const plans = vendorPlans([kind])
    const { runs, findings } = await runExhaustively({ plans, seed: options.seed, pairs: options.pairs })
    out.write(`${kind}: ${String(runs)} runs, ${String(findings.length)} broken\n`)
    results.passed += runs - findings.length
    results.failed += findings.length
    for (const { script, plan, report } of findings.slice(0, 3)) {
      out.write(`${script}, faults ${JSON.stringify(plan)}: ${report.violations.map(({ message }) => message).join('; ')}\n`)
      if (options.trace) out.write(`${(await replayPlan(script, plans, options.seed, plan)).timeline.join('\n')}\n`)
    }
  }
  out.write(`${String(results.passed)} passed, ${String(results.failed)} failed, 0 skipped\n`)
  return results.failed === 0 ? 0 : 1
}

/** `npm run simulate`; gives the exit code. */
export const simulate = async (args: ReadonlyArray<string>, out: Sink, errors: Sink): Promise<number> => {
  if (args.includes('--help')) {
    out.write(usage)
    return 0
  }
  let options: SimulateOptions
  try {
    options = readOptions(args)
  } catch (error) {
    errors.write(`${error instanceof Error ? error.message : 'the options cannot be read'}\n${usage}`)
    return 2
  }
  return options.exhaustive ? simulateExhaustively(options, out) : simulateRandomly(options, out, errors)
}
