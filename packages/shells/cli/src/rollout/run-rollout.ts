import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { pauseAfter } from '../failures/pause-after.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import type { ProcessContext } from '../process-context.ts'
import type { RolloutEntry } from './read-rollout-list.ts'
import type { RolloutResult } from './rollout-results.ts'

export interface RolloutTerms {
  /** How many clusters are worked on at the same time. */
  readonly concurrency: number
  /** One failed cluster more ends the rollout. */
  readonly maxFailures: number
  /** How long a cluster is tried again while the service or a registry is unavailable. */
  readonly patienceSeconds: number
}

export interface RunRolloutDeps {
  readonly generate: (entry: RolloutEntry) => CommandAnswer<unknown>
  readonly processContext: Pick<ProcessContext, 'sleep' | 'monotonic'>
  /** Called with every cluster that is done. */
  readonly onResult: (result: RolloutResult) => void
}

export interface RolloutEnd {
  /** Too many failed: no further one was begun. */
  readonly isOverBudget: boolean
  /** What ended the whole rollout: a signal, or a token that is refused. */
  readonly failure?: CommandFailure
}

const shortestPauseMilliseconds = 1000

/** What no other cluster would be spared. */
const endsAll = ({ code }: CommandFailure): boolean => code === 'INTERRUPTED' || code === 'UNAUTHORIZED'

/**
 * Generates for each cluster in turn, several at a time, and tries again as long as the answer is that something is
 * unavailable, no sooner than the service asks. A caller who is too fast is held up as a whole, at nobody's expense.
 */
export const runRollout = async (
  entries: ReadonlyArray<RolloutEntry>,
  { concurrency, maxFailures, patienceSeconds }: RolloutTerms,
  { generate, processContext, onResult }: RunRolloutDeps,
): Promise<RolloutEnd> => {
  const waiting = [...entries]
  let failures = 0
  let failure: CommandFailure | undefined
  let heldUntil = 0
  const isOver = (): boolean => failure !== undefined || failures > maxFailures

  const pause = async (milliseconds: number): Promise<void> => {
    if (milliseconds > 0) await processContext.sleep(milliseconds)
  }

  /** Undefined when the rollout ended before the cluster was done. */
  const generated = async (entry: RolloutEntry): Promise<E.Either<CommandFailure, unknown> | undefined> => {
    let patience = patienceSeconds * 1000
    for (;;) {
      await pause(heldUntil - processContext.monotonic())
      if (isOver()) return undefined
      const began = processContext.monotonic()
      const answer = await generate(entry)
      if (E.isRight(answer) || answer.left.exit !== 'unavailable') return answer
      const milliseconds = pauseAfter(answer, shortestPauseMilliseconds)
      if (answer.left.code === 'RATE_LIMIT_EXCEEDED') {
        heldUntil = Math.max(heldUntil, processContext.monotonic() + milliseconds)
        continue
      }
      patience -= processContext.monotonic() - began + milliseconds
      if (patience < 0) return answer
      await pause(milliseconds)
    }
  }

  const work = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined && !isOver(); entry = waiting.shift()) {
      const answer = await generated(entry)
      if (answer === undefined) return
      if (E.isRight(answer)) {
        onResult({ entry, outcome: 'generated' })
      } else if (endsAll(answer.left)) {
        failure ??= answer.left
      } else {
        failures += 1
        onResult({ entry, outcome: 'failed', failure: answer.left })
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(concurrency, entries.length) }, work))
  return { isOverBudget: failures > maxFailures, failure }
}
