import * as E from 'fp-ts/lib/Either.js'
import { pauseAfter } from '../failures/pause-after.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import { isTerminal, printAnswer, printFailure, redrawAnswer } from '../output/print.ts'
import type { NamedFormat } from '../presenters/view.ts'
import type { ProcessContext } from '../process-context.ts'

/** A list at one moment. */
export interface Snapshot {
  readonly printed: string
  readonly notice?: string
  /** Differs whenever the list does: what is printed also tells of time that passes. */
  readonly identity: string
}

export interface WatchDeps {
  readonly read: () => CommandAnswer<Snapshot>
  readonly processContext: ProcessContext
  readonly format: NamedFormat
}

const pauseMilliseconds = 5_000

/** What stands between one answer and the next, for programs: JSON documents need nothing. */
const separators: Readonly<Record<NamedFormat, string>> = { table: '\n', name: '\n', json: '', yaml: '---\n' }

/**
 * Prints the list until the command is stopped: on a terminal each time in the place of the last, for a program again
 * when it has changed. Once the list was shown, a failure that may pass is told once and waited out.
 */
export const watchList = async ({ read, processContext, format }: WatchDeps): CommandAnswer<void> => {
  const isForPerson = isTerminal(processContext)
  let shown: string | undefined
  let isFailing = false
  while (!processContext.stop.aborted) {
    const answer = await read()
    if (E.isLeft(answer)) {
      if (shown === undefined || answer.left.exit !== 'unavailable') return answer
      if (!isFailing) printFailure(processContext, answer.left)
    } else if (isForPerson || answer.right.identity !== shown) {
      const { printed, notice, identity } = answer.right
      const written = await (isForPerson
        ? redrawAnswer(processContext, printed)
        : printAnswer(processContext, `${shown === undefined ? '' : separators[format]}${printed}`))
      if (E.isLeft(written)) return written
      if (notice !== undefined) processContext.stderr.write(notice)
      shown = identity
    }
    isFailing = E.isLeft(answer)
    await processContext.sleep(pauseAfter(answer, pauseMilliseconds))
  }
  return E.right(undefined)
}
