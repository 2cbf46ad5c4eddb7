import * as E from 'fp-ts/lib/Either.js'
import { pauseAfter } from '../failures/pause-after.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import type { ProcessContext } from '../process-context.ts'

export interface AskUntilDeps<A> {
  /** Asks once more. Gets the newest answer before, if there was one that is not a failure. */
  readonly ask: (previous: A | undefined) => CommandAnswer<A>
  readonly isDone: (answer: A) => boolean
  /** Called with every answer but the last. */
  readonly report: (answer: A) => void
  readonly processContext: Pick<ProcessContext, 'sleep' | 'monotonic'>
}

const pauseMilliseconds = 3_000

/**
 * Asks until the answer says that it is done, a failure says that asking again is of no use, or the timeout is over;
 * returns the last answer.
 */
export const askUntil = async <A>(
  { ask, isDone, report, processContext }: AskUntilDeps<A>,
  timeoutSeconds: number,
): CommandAnswer<A> => {
  const endsAt = processContext.monotonic() + timeoutSeconds * 1000
  let previous: A | undefined
  for (;;) {
    const answer = await ask(previous)
    const isLast = E.isLeft(answer) ? answer.left.exit !== 'unavailable' : isDone(answer.right)
    const remaining = endsAt - processContext.monotonic()
    if (isLast || remaining <= 0) return answer
    if (E.isRight(answer)) {
      previous = answer.right
      report(previous)
    }
    await processContext.sleep(Math.min(pauseAfter(answer, pauseMilliseconds), remaining))
  }
}
