import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failing/command-failure.ts'
import type { Answer, Deletion, Operations } from '../operations/operations.ts'
import type { ProcessContext } from '../process-context.ts'

export interface DeleteUntilProvedDeps {
  readonly remove: Operations['remove']
  readonly processContext: Pick<ProcessContext, 'sleep' | 'monotonic'>
  /** Told of every answer that is not the last. */
  readonly report: (deletion: Deletion) => void
}

export interface DeleteWish {
  readonly clusterId: string
  readonly incarnation?: number
  readonly timeoutSeconds: number
}

const pauseMilliseconds = 3_000

const isLast = (answer: E.Either<CommandFailure, Deletion>): boolean =>
  E.isLeft(answer) ? answer.left.exit !== 'unavailable' : answer.right.status === 'deleted'

/** Asks again until every credential is proved revoked, or until the time is over: then the last answer. */
export const deleteUntilProved = async (
  { remove, processContext, report }: DeleteUntilProvedDeps,
  { clusterId, incarnation, timeoutSeconds }: DeleteWish,
): Answer<Deletion> => {
  const endsAt = processContext.monotonic() + timeoutSeconds * 1000
  for (;;) {
    const answer = await remove(clusterId, incarnation)
    const remaining = endsAt - processContext.monotonic()
    if (isLast(answer) || remaining <= 0) return answer
    if (E.isRight(answer)) report(answer.right)
    await processContext.sleep(Math.min(pauseMilliseconds, remaining))
  }
}
