import { runCase, runRandomHistory, shrink, type Case, type HistoryReport } from '@pull-secret/simulation'
import type { SimulateOptions } from './options.ts'
import { historyOf } from './play-seeds.ts'
import { makeProgress, type Sink } from './sink.ts'
import { addTallies, describeTally, emptyTally, type Tally } from './tally.ts'
import { inThread } from './threads.ts'

const casesShown = 3

const repetition = ({ seed, vendors, deployments }: Case, { operations, rate, faults }: SimulateOptions): string => [
  `npm run simulate -- --seed ${String(seed)} --runs 1 --operations ${String(operations)} --vendor ${vendors.join(',')} --deployments ${String(deployments)} --rate ${String(rate)}`,
  ...(faults === undefined ? [] : [`--faults ${faults.join(',')}`]),
].join(' ')

const describeFailure = (kept: Case, { violations, timeline }: HistoryReport, options: SimulateOptions): string => [
  `seed ${String(kept.seed)} with ${kept.vendors.join(',')} breaks, with ${String(kept.operations.length)} operations and ${String(Object.keys(kept.faults).length)} faults:`,
  ...violations.map(({ invariant, message }) => `  ${invariant} ${message}`),
  `  again: ${repetition(kept, options)}`,
  `  to be kept in a file, for --case: ${JSON.stringify(kept)}`,
  ...(options.trace ? timeline : []),
].join('\n')

const tellFailure = async (seed: number, options: SimulateOptions, out: Sink): Promise<void> => {
  const history = historyOf(seed, options)
  const { violations } = await runRandomHistory(history)
  out.write(`seed ${String(seed)}: ${violations.map(({ invariant, message }) => `${invariant} ${message}`).join('; ')}; looking for the shortest history that fails\n`)
  const kept = await shrink(history)
  out.write(`${describeFailure(kept, await runCase(kept, options.trace), options)}\n`)
}

/** Many histories, in threads; gives the exit code. */
export const simulateRandomly = async (options: SimulateOptions, out: Sink, errors: Sink): Promise<number> => {
  const progress = makeProgress(errors, options.runs, 'histories')
  const threads = Array.from({ length: options.workers }, (_, from) => inThread<Tally>(new URL('./seed-thread.ts', import.meta.url), { options, from }, progress.step))
  const tally = (await Promise.all(threads)).reduce(addTallies, emptyTally)
  progress.end()
  const { failedSeeds } = tally
  for (const seed of failedSeeds.slice(0, casesShown)) await tellFailure(seed, options, out)
  if (failedSeeds.length > casesShown) out.write(`further seeds that fail: ${failedSeeds.slice(casesShown).join(' ')}\n`)
  out.write(`${describeTally(tally)}\n${String(tally.runs - failedSeeds.length)} passed, ${String(failedSeeds.length)} failed, 0 skipped\n`)
  return failedSeeds.length === 0 ? 0 : 1
}
