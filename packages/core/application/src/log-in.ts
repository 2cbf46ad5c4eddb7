import {
  associatedDataOf,
  type CallTerms,
  type Cipher,
  type Clock,
  type Credential,
  type Registry,
  type Validation,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import type * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerBy } from './deadline.ts'

export interface LogInDeps {
  readonly cipher: Cipher
  readonly clock: Clock
}

/** A login, as a cluster would make it, with the token of a row. No answer and no token are neither yes nor no. */
export const logIn = (
  { cipher, clock }: LogInDeps,
  { client }: Registry,
  credential: Credential,
  terms: CallTerms,
): T.Task<Validation> =>
  pipe(
    TE.fromEither(cipher.open(credential.sealedToken ?? '', associatedDataOf(credential))),
    TE.flatMapTask((token) =>
      pipe(
        client.validateCredential({ username: credential.username ?? '', token, terms }),
        answerBy(clock, terms.deadline),
      ),
    ),
    TE.match(
      (): Validation => ({ kind: 'indeterminate', problem: 'storage_failed' }),
      (answer) => (answer.kind === 'unknown' ? { kind: 'indeterminate', problem: answer.problem } : answer),
    ),
  )
