import * as E from 'fp-ts/lib/Either.js'
import type { Progress } from '../commands/progress.ts'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { CommandAnswer, CommandOperations } from '../operations/operations.ts'
import type { ProcessContext } from '../process-context.ts'
import type { Standing } from './known-clusters.ts'
import type { RolloutEntry } from './read-rollout-list.ts'
import { describeRollout } from './rollout-progress.ts'
import { resultLines, type RolloutResult } from './rollout-results.ts'
import { type RolloutTerms, runRollout } from './run-rollout.ts'

export interface PerformRolloutDeps {
  readonly perform: CommandOperations['perform']
  readonly processContext: Pick<ProcessContext, 'sleep' | 'monotonic' | 'replaceFile'>
  readonly progress: Progress
  /** Where the result of each cluster is written. */
  readonly resultsFile?: string
}

export interface PerformedRollout {
  /** One for each cluster of the list, in its order. */
  readonly results: ReadonlyArray<RolloutResult>
  readonly isOverBudget: boolean
  readonly seconds: number
}

const unwritable =
  (path: string) =>
  (reason: string): CommandFailure => ({
    code: 'OUTPUT_FILE',
    exit: 'internal',
    message: `the file ${path} cannot be written (${reason})`,
    hint: 'what was generated is kept: name a file that can be written, and run the same command again',
  })

/**
 * Generates for every cluster that has no pull secret. The file of results is written before the first request, so that
 * nothing begins that could not be told, and at the end, however that comes.
 */
export const performRollout = async (
  standings: ReadonlyMap<RolloutEntry, Standing>,
  terms: RolloutTerms,
  { perform, processContext, progress, resultsFile }: PerformRolloutDeps,
): CommandAnswer<PerformedRollout> => {
  const { monotonic, replaceFile } = processContext
  const reached = new Map<RolloutEntry, RolloutResult>()
  const resultOf = (entry: RolloutEntry): RolloutResult =>
    reached.get(entry) ?? { entry, outcome: standings.get(entry) === 'existing' ? 'existed' : 'pending' }
  const results = (): ReadonlyArray<RolloutResult> => [...standings.keys()].map(resultOf)
  const write = (): E.Either<CommandFailure, void> =>
    resultsFile === undefined
      ? E.right(undefined)
      : E.mapLeft(unwritable(resultsFile))(replaceFile(resultsFile, resultLines(results())))

  const writable = write()
  if (E.isLeft(writable)) return writable
  const todo = [...standings].flatMap(([entry, standing]) => (standing === 'existing' ? [] : [entry]))
  const startedAt = monotonic()
  const doneAt: Array<number> = []
  let failed = 0
  const show = (): void => {
    const done = standings.size - todo.length + reached.size
    progress.show(describeRollout({ total: standings.size, done, failed, doneAt, startedAt, now: monotonic() }))
  }
  show()
  const { isOverBudget, failure } = await runRollout(todo, terms, {
    generate: ({ clusterId, body }) => perform('generatePullSecret', { parameters: { cluster_id: clusterId }, body }),
    processContext,
    onResult: (result) => {
      reached.set(result.entry, result)
      doneAt.push(monotonic())
      if (result.outcome === 'failed') failed += 1
      show()
    },
  })
  progress.end()
  const written = write()
  if (E.isLeft(written)) return written
  return failure === undefined
    ? E.right({ results: results(), isOverBudget, seconds: (monotonic() - startedAt) / 1000 })
    : E.left(failure)
}
