import type { SecretText } from '@pull-secret/domain'
import { PullSecretError } from '@pull-secret/sdk'
import { connectOperations } from '@pull-secret/sdk/operations'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { commandFailureOf, type CommandOperations, makeCommandOperations } from './operations.ts'

export interface ServerOperationsDeps {
  readonly url: string
  /** The flag or variable that names the server. */
  readonly origin: string
  readonly token: SecretText
  readonly stop: AbortSignal
}

/** The SDK knows the address by the name of its option; a person, by where it was given. */
const namedFailureOf =
  (origin: string) =>
  (error: unknown): CommandFailure => {
    const failure = commandFailureOf(error)
    return error instanceof PullSecretError && error.details['field'] === 'baseUrl'
      ? { ...failure, message: failure.message.replaceAll('baseUrl', origin), hint: `correct ${origin}` }
      : failure
  }

/** The operations of a server. Nothing is retried: the exit code tells the caller whether a retry may help. */
export const openServerOperations = ({
  url,
  origin,
  token,
  stop,
}: ServerOperationsDeps): E.Either<CommandFailure, CommandOperations> =>
  E.tryCatch(
    () => makeCommandOperations(connectOperations({ baseUrl: url, token: () => token.reveal(), retries: 0 }), stop),
    namedFailureOf(origin),
  )
