import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { pauseAfter } from '../failures/pause-after.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import type { DeletionBody } from '../presenters/deletion-body.ts'
import type { ProcessContext } from '../process-context.ts'

export interface DeleteUntilProvedDeps {
  /** Deletes this life of the cluster; whichever goes on where none is named. */
  readonly remove: (incarnation?: number) => CommandAnswer<DeletionBody>
  readonly processContext: Pick<ProcessContext, 'sleep' | 'monotonic'>
  /** Called with every answer but the last. */
  readonly report: (deletion: DeletionBody) => void
}

const pauseMilliseconds = 3_000

const isLast = (answer: E.Either<CommandFailure, DeletionBody>): boolean =>
  E.isLeft(answer) ? answer.left.exit !== 'unavailable' : answer.right.status === 'deleted'

/**
 * Repeats the deletion until every credential is proved revoked or the timeout is over; returns the last answer. It
 * goes on with the life that it began to delete: once another one has begun, that is over.
 */
export const deleteUntilProved = async (
  { remove, processContext, report }: DeleteUntilProvedDeps,
  timeoutSeconds: number,
): CommandAnswer<DeletionBody> => {
  const endsAt = processContext.monotonic() + timeoutSeconds * 1000
  let begun: number | undefined
  for (;;) {
    const answer = await remove(begun)
    if (begun !== undefined && E.isLeft(answer) && answer.left.exit === 'conflict')
      return E.right({ status: 'deleted' })
    const remaining = endsAt - processContext.monotonic()
    if (isLast(answer) || remaining <= 0) return answer
    if (E.isRight(answer)) report(answer.right)
    if (E.isRight(answer) && answer.right.status === 'deleting') begun = answer.right.incarnation
    await processContext.sleep(Math.min(pauseAfter(answer, pauseMilliseconds), remaining))
  }
}
