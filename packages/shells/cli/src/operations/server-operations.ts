import type { SecretText } from '@pull-secret/domain'
import { connectOperations } from '@pull-secret/sdk/operations'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { commandFailureOf, type CommandOperations, makeCommandOperations } from './operations.ts'

export interface ServerOperationsDeps {
  readonly url: string
  readonly token: SecretText
  readonly stop: AbortSignal
}

/** The operations of a server. Nothing is retried: the exit code tells the caller whether a retry may help. */
export const openServerOperations = ({
  url,
  token,
  stop,
}: ServerOperationsDeps): E.Either<CommandFailure, CommandOperations> =>
  E.tryCatch(
    () => makeCommandOperations(connectOperations({ baseUrl: url, token: () => token.reveal(), retries: 0 }), stop),
    commandFailureOf,
  )
