import { parentPort, workerData } from 'node:worker_threads'
import { runExhaustively } from '@pull-secret/simulation'
import type { ExhaustiveShare, KindReport } from './simulate-exhaustively.ts'
import { addTallies, emptyTally, tallyOf } from './tally.ts'

const { kinds, seed, pairs, share, faults } = workerData as ExhaustiveShare

const play = async (kind: string): Promise<KindReport> => {
  const vendors = pairs ? [kind] : [kind, kind === 'quay' ? 'one-shot' : 'quay']
  let tally = emptyTally
  const report = await runExhaustively({
    vendors,
    seed,
    pairs,
    share,
    allowedFaults: faults,
    onRun: (run) => {
      tally = addTallies(tally, tallyOf(seed, run))
      parentPort?.postMessage(kind)
    },
  })
  return { kind, tally, ...report }
}

const reports: Array<KindReport> = []
for (const kind of kinds) reports.push(await play(kind))
parentPort?.postMessage(reports)
