import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from './command-failure.ts'

/** Whether the caller has asked too often, and is told to ask again later. */
export const isLimited = (answer: E.Either<CommandFailure, unknown>): boolean =>
  E.isLeft(answer) && answer.left.code === 'RATE_LIMIT_EXCEEDED'
