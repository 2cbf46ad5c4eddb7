import { runExhaustively } from '@pull-secret/simulation'
import { parentPort, workerData } from 'node:worker_threads'
import type { ExhaustiveShare, KindReport } from './simulate-exhaustively.ts'

const { kinds, seed, pairs } = workerData as ExhaustiveShare

const play = async (kind: string): Promise<KindReport> => {
  const vendors = pairs ? [kind] : [kind, kind === 'quay' ? 'one-shot' : 'quay']
  return { kind, vendors, ...await runExhaustively({ vendors, seed, pairs, onRun: () => { parentPort?.postMessage('run') } }) }
}

const reports: KindReport[] = []
for (const kind of kinds) reports.push(await play(kind))
parentPort?.postMessage(reports)
