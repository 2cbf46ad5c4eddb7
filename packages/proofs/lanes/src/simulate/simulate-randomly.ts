import { type Case, replay, runRandomHistory, shrink } from '@pull-secret/simulation'
import { describeCase, describeViolations } from './describe-case.ts'
import type { SimulateOptions } from './options.ts'
import { historyOf } from './play-seeds.ts'
import { barOf, makeProgress } from './progress.ts'
import type { Sink } from './sink.ts'
import { addTallies, describeTally, emptyTally, type Tally } from './tally.ts'
import { inThread } from './threads.ts'

const casesShown = 3
const seedsShown = 20

const repetition = ({ seed }: Case, history: ReturnType<typeof historyOf>): string =>
  [
    `npm run simulate -- --seed ${String(seed)} --runs 1`,
    `--operations ${String(history.operations)} --vendor ${history.vendors.join(',')}`,
    `--deployments ${String(history.deployments)} --rate ${String(history.faultProbability)}`,
    ...(history.settings === undefined ? [] : [`--changes ${history.settings.join(',')}`]),
    ...(history.allowedFaults === undefined ? [] : [`--faults ${history.allowedFaults.join(',')}`]),
  ].join(' ')

const reportFailure = async (seed: number, options: SimulateOptions, out: Sink, errors: Sink): Promise<void> => {
  const history = historyOf(seed, options)
  const { violations, timeline } = await runRandomHistory({ ...history, trace: options.trace })
  if (options.trace) out.write(`${timeline.join('\n')}\n`)
  out.write(`seed ${String(seed)}: ${describeViolations(violations)}; reducing it to the shortest history that fails\n`)
  const progress = makeProgress({ errors, now: Date.now, describe: (done) => `${String(done)} shorter ones tried` })
  const kept = await shrink(history, progress.step)
  progress.end()
  out.write(`${describeCase(kept, await replay(kept, { trace: true }))}\n`)
  out.write(`  the whole history again: ${repetition(kept, history)}\n`)
}

/** Names what is not shown, as far as a person would read it. */
export const describeFurther = (seeds: ReadonlyArray<number>): string => {
  const hidden = seeds.length - seedsShown
  const rest = hidden > 0 ? ` and ${String(hidden)} more` : ''
  return `further seeds that fail: ${seeds.slice(0, seedsShown).join(' ')}${rest}`
}

/** Many histories, in threads; gives the exit code. */
export const simulateRandomly = async (options: SimulateOptions, out: Sink, errors: Sink): Promise<number> => {
  const progress = makeProgress({ errors, now: Date.now, describe: barOf(options.runs) })
  const threads = Array.from({ length: Math.min(options.workers, options.runs) }, (_, from) =>
    inThread<Tally>(new URL('./seed-thread.ts', import.meta.url), { options, from }, progress.step),
  )
  const tally = (await Promise.all(threads)).reduce(addTallies, emptyTally)
  progress.end()
  const { failedSeeds } = tally
  for (const seed of failedSeeds.slice(0, casesShown)) await reportFailure(seed, options, out, errors)
  if (failedSeeds.length > casesShown) out.write(`${describeFurther(failedSeeds.slice(casesShown))}\n`)
  const [passed, failed] = [tally.runs - failedSeeds.length, failedSeeds.length]
  out.write(`${describeTally(tally)}\n${String(passed)} passed, ${String(failed)} failed, 0 skipped\n`)
  return failedSeeds.length === 0 ? 0 : 1
}
