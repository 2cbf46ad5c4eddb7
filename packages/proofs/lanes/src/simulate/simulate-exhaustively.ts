import { type ExhaustiveReport, replay, vendorKinds } from '@pull-secret/simulation'
import { describeCase } from './describe-case.ts'
import type { SimulateOptions } from './options.ts'
import { makeProgress } from './progress.ts'
import type { Sink } from './sink.ts'
import { addTallies, describeTally, emptyTally, type Tally } from './tally.ts'
import { inThread } from './threads.ts'

/**
 * What one thread plays: for each kind every single fault, with an ordinary vendor beside it, or every pair of
 * faults, alone.
 */
export interface ExhaustiveShare extends Pick<SimulateOptions, 'seed' | 'pairs' | 'share' | 'faults'> {
  readonly kinds: ReadonlyArray<string>
}

export interface KindReport extends ExhaustiveReport {
  readonly kind: string
  readonly tally: Tally
}

/** Of each kind; with `--trace` more. */
const findingsShown = 1
const findingsTraced = 10

const reportFindings = async (
  { kind, runs, findings }: KindReport,
  { trace }: SimulateOptions,
  out: Sink,
): Promise<void> => {
  out.write(`${kind}: ${String(runs)} runs, ${String(findings.length)} broken\n`)
  const shown = findings.slice(0, trace ? findingsTraced : findingsShown)
  for (const { kept } of shown) out.write(`${describeCase(kept, await replay(kept, { trace: true }))}\n`)
  for (const { kept, report } of findings.slice(shown.length, shown.length + findingsTraced))
    out.write(`${describeCase(kept, { ...report, timeline: [] })}\n`)
}

/** Short scripts with every fault, or every pair of faults, at every port call; gives the exit code. */
export const simulateExhaustively = async (options: SimulateOptions, out: Sink, errors: Sink): Promise<number> => {
  const { seed, pairs, share, faults, workers } = options
  const kinds = options.vendors ?? Object.keys(vendorKinds)
  const progress = makeProgress({
    errors,
    now: Date.now,
    describe: (done, _milliseconds, kind) => `${String(done)} runs, now ${kind}`,
  })
  const shares = Array.from({ length: Math.min(workers, kinds.length) }, (_, from): ExhaustiveShare => ({
    seed,
    pairs,
    share,
    faults,
    kinds: kinds.filter((_kind, index) => index % workers === from),
  }))
  const reports = (
    await Promise.all(
      shares.map((share) =>
        inThread<ReadonlyArray<KindReport>>(new URL('./exhaustive-thread.ts', import.meta.url), share, progress.step),
      ),
    )
  ).flat()
  progress.end()
  for (const report of reports) await reportFindings(report, options, out)
  const tally = reports.map((report) => report.tally).reduce(addTallies, emptyTally)
  const failed = tally.failedSeeds.length
  out.write(`${describeTally(tally)}\n${String(tally.runs - failed)} passed, ${String(failed)} failed, 0 skipped\n`)
  return failed === 0 ? 0 : 1
}
