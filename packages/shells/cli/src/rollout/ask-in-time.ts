import { isLimited } from '../failures/is-limited.ts'
import { pauseAfter } from '../failures/pause-after.ts'
import type { CommandOperations } from '../operations/operations.ts'
import type { ProcessContext } from '../process-context.ts'

const shortestPauseMilliseconds = 1000

/** A caller who asked too often just before is held up, and not refused. */
export const askInTime =
  (
    { perform }: Pick<CommandOperations, 'perform'>,
    { sleep }: Pick<ProcessContext, 'sleep'>,
  ): CommandOperations['perform'] =>
  async (...question) => {
    for (;;) {
      const answer = await perform(...question)
      if (!isLimited(answer)) return answer
      await sleep(pauseAfter(answer, shortestPauseMilliseconds))
    }
  }
