import { type KeptCase, replay } from '@pull-secret/simulation'
import { describeCase } from './describe-case.ts'
import type { Sink } from './sink.ts'

/** One kept case again, with its timeline; gives the exit code. */
export const replayCase = async (kept: KeptCase, out: Sink): Promise<number> => {
  const report = await replay(kept, { trace: true })
  const missed = Object.keys(kept.faults).filter((point) => !Object.hasOwn(report.struck, point))
  const isSound = report.violations.length === 0 && missed.length === 0
  out.write(`${report.violations.length === 0 ? report.timeline.join('\n') : describeCase(kept, report)}\n`)
  if (missed.length > 0)
    out.write(
      `these faults were never injected, so this is no longer the history that was kept: ${missed.join(', ')}\n`,
    )
  out.write(isSound ? '1 passed, 0 failed, 0 skipped\n' : '0 passed, 1 failed, 0 skipped\n')
  return isSound ? 0 : 1
}
