import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { interruptedBy } from '../failures/interrupted.ts'

/**
 * The result of the work, or that the command was stopped, as soon as it is; work that has begun goes on by itself.
 * Begins nothing once the command is stopped.
 */
export const untilStopped = <A>(
  stop: AbortSignal,
  work: () => Promise<E.Either<CommandFailure, A>>,
): Promise<E.Either<CommandFailure, A>> =>
  new Promise((resolve, reject) => {
    const interrupt = (): void => {
      resolve(E.left(interruptedBy(stop.reason)))
    }
    if (stop.aborted) {
      interrupt()
      return
    }
    stop.addEventListener('abort', interrupt, { once: true })
    const forget = (): void => {
      stop.removeEventListener('abort', interrupt)
    }
    work().then(resolve, reject).finally(forget)
  })
