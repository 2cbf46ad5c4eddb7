import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from './command-failure.ts'

/** Whoever asks for more, such as a proxy, is asked again all the same. */
const longestSeconds = 3600

/** How long a command that goes on waits after an answer: as usual, or as long as the service asks for. */
export const pauseAfter = (answer: E.Either<CommandFailure, unknown>, usualMilliseconds: number): number =>
  E.isRight(answer)
    ? usualMilliseconds
    : Math.max(usualMilliseconds, Math.min(longestSeconds, answer.left.retryAfterSeconds ?? 0) * 1000)
