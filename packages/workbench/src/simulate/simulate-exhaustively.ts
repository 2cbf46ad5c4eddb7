import { replayPlan, runExhaustively, vendorKinds } from '@pull-secret/simulation'
import type { SimulateOptions } from './options.ts'
import type { Sink } from './sink.ts'

const findingsShown = 3

/** Short scripts with every fault at every port call; gives the exit code. */
export const simulateExhaustively = async ({ vendors, seed, pairs, trace }: SimulateOptions, out: Sink, errors: Sink): Promise<number> => {
  const results = { passed: 0, failed: 0 }
  for (const kind of vendors ?? Object.keys(vendorKinds)) {
    let done = 0
    const onRun = (): void => {
      done += 1
      if (errors.isTTY === true && done % 100 === 0) errors.write(`\r${kind}: ${String(done)} runs`)
    }
    const { runs, findings } = await runExhaustively({ vendors: [kind], seed, pairs, onRun })
    out.write(`${errors.isTTY === true ? '\r' : ''}${kind}: ${String(runs)} runs, ${String(findings.length)} broken\n`)
    results.passed += runs - findings.length
    results.failed += findings.length
    for (const { script, plan, report } of findings.slice(0, findingsShown)) {
      out.write(`${script}, faults ${JSON.stringify(plan)}: ${report.violations.map(({ message }) => message).join('; ')}\n`)
      if (trace) out.write(`${(await replayPlan(script, [kind], seed, plan)).timeline.join('\n')}\n`)
    }
  }
  out.write(`${String(results.passed)} passed, ${String(results.failed)} failed, 0 skipped\n`)
  return results.failed === 0 ? 0 : 1
}
