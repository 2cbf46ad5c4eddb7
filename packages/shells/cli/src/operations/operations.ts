import { PullSecretError } from '@pull-secret/sdk'
import type { Operations as ServiceOperations } from '@pull-secret/sdk/operations'
import type { AnswerOf, ApiOperationId, RequestOf } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { failureOfService } from '../failures/service-failure.ts'

export type CommandAnswer<A> = Promise<E.Either<CommandFailure, A>>

/** The operations for commands, at a server or on the database: answers of the HTTP API, failures as values. */
export interface CommandOperations {
  readonly perform: <Id extends ApiOperationId>(
    id: Id,
    request: RequestOf<Id>,
    options?: { readonly timeoutSeconds: number },
  ) => CommandAnswer<AnswerOf<Id>>
  readonly close: () => Promise<void>
}

/** An unknown error is a bug: its message may contain anything, even a token. */
export const commandFailureOf = (error: unknown): CommandFailure => {
  if (error instanceof PullSecretError) return failureOfService(error.code, error.message, error)
  throw error
}

export const makeCommandOperations = ({ perform, close }: ServiceOperations): CommandOperations => ({
  perform: async (id, request, options) => {
    const { signal } = new AbortController()
    const timeoutMilliseconds = options === undefined ? undefined : options.timeoutSeconds * 1000
    try {
      return E.right(await perform(id, request, { signal, timeoutMilliseconds }))
    } catch (error) {
      return E.left(commandFailureOf(error))
    }
  },
  close,
})
