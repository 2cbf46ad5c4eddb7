import { PullSecretError } from '@pull-secret/sdk'
import type { Operations as ServiceOperations, WrittenRequestOf } from '@pull-secret/sdk/operations'
import type { AnswerOf, ApiOperationId } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { failureOfService } from '../failures/service-failure.ts'
import { untilStopped } from '../stopping/until-stopped.ts'

export type CommandAnswer<A> = Promise<E.Either<CommandFailure, A>>

/** The operations for commands, at a server or on the database: answers of the HTTP API, failures as values. */
export interface CommandOperations {
  readonly perform: <Id extends ApiOperationId>(
    id: Id,
    request: WrittenRequestOf<Id>,
    options?: { readonly timeoutSeconds: number },
  ) => CommandAnswer<AnswerOf<Id>>
  readonly close: () => Promise<void>
}

/** An unknown error is a bug: its message may contain anything, even a token. */
export const commandFailureOf = (error: unknown): CommandFailure => {
  if (error instanceof PullSecretError) return failureOfService(error.code, error.message, error)
  throw error
}

/** Once the signal has aborted, every operation is left to itself: its answer is that the command was stopped. */
export const makeCommandOperations = ({ perform, close }: ServiceOperations, stop: AbortSignal): CommandOperations => ({
  perform: (id, request, options) => {
    const timeoutMilliseconds = options === undefined ? undefined : options.timeoutSeconds * 1000
    return untilStopped(stop, async () => {
      try {
        return E.right(await perform(id, request, { signal: stop, timeoutMilliseconds }))
      } catch (error) {
        return E.left(commandFailureOf(error))
      }
    })
  },
  close,
})
