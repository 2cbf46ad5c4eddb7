import { replayPlan, vendorKinds, type ExhaustiveReport } from '@pull-secret/simulation'
import type { SimulateOptions } from './options.ts'
import type { Sink } from './sink.ts'
import { inThread } from './threads.ts'

/** What one thread plays: for each kind every single fault, with an ordinary vendor beside it, or every pair of faults, alone. */
export interface ExhaustiveShare extends Pick<SimulateOptions, 'seed' | 'pairs'> {
  readonly kinds: ReadonlyArray<string>
}

export interface KindReport extends ExhaustiveReport {
  readonly kind: string
  readonly vendors: ReadonlyArray<string>
}

const findingsShown = 3
const runsBetweenLines = 100

const tellFindings = async ({ kind, vendors, runs, findings }: KindReport, { seed, trace }: SimulateOptions, out: Sink): Promise<void> => {
  out.write(`${kind}: ${String(runs)} runs, ${String(findings.length)} broken\n`)
  for (const { script, plan, report } of findings.slice(0, findingsShown)) {
    out.write(`${script}, faults ${JSON.stringify(plan)}: ${report.violations.map(({ message }) => message).join('; ')}\n`)
    if (trace) out.write(`${(await replayPlan(script, vendors, seed, plan)).timeline.join('\n')}\n`)
  }
}

/** Short scripts with every fault, or every pair of faults, at every port call; gives the exit code. */
export const simulateExhaustively = async (options: SimulateOptions, out: Sink, errors: Sink): Promise<number> => {
  const { seed, pairs, workers } = options
  const kinds = options.vendors ?? Object.keys(vendorKinds)
  let done = 0
  const onRun = (): void => {
    done += 1
    if (errors.isTTY === true && done % runsBetweenLines === 0) errors.write(`\r${String(done)} runs`)
  }
  const shares = Array.from({ length: Math.min(workers, kinds.length) }, (_, from): ExhaustiveShare =>
    ({ seed, pairs, kinds: kinds.filter((_kind, index) => index % workers === from) }))
  const reports = (await Promise.all(shares.map((share) => inThread<ReadonlyArray<KindReport>>(new URL('./exhaustive-thread.ts', import.meta.url), share, onRun)))).flat()
  if (errors.isTTY === true) errors.write('\n')
  for (const report of reports) await tellFindings(report, options, out)
  const failed = reports.reduce((sum, { findings }) => sum + findings.length, 0)
  out.write(`${String(reports.reduce((sum, { runs }) => sum + runs, 0) - failed)} passed, ${String(failed)} failed, 0 skipped\n`)
  return failed === 0 ? 0 : 1
}
