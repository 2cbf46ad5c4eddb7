import {
  answeringResult,
  associatedDataOf,
  type Cipher,
  claimOf,
  type Clock,
  type Credential,
  decideAfterValidation,
  type Failure,
  leaseEnd,
  type LedgerFailure,
  type Logger,
  type Registries,
  type Registry,
  type RowResult,
  sendDeadline,
  type Validation,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerBy } from './deadline.ts'
import type { Hold } from './hold.ts'
import { isolateFailure } from './isolate-failure.ts'
import type { RecordAnswer } from './record-answer.ts'
import type { ReportValidation } from './report-validation.ts'

export interface ValidateDeps {
  readonly recordAnswer: RecordAnswer
  readonly registries: Registries
  readonly cipher: Cipher
  readonly clock: Clock
  readonly reportValidation: ReportValidation
  readonly logger: Logger
}

/** A login, as a cluster would make it, with the token of an entry that is under a lease. */
export type ValidateCredential = (
  credential: Credential,
  hold: Hold,
) => TE.TaskEither<Failure<'FENCE_LOST'> | LedgerFailure, RowResult>

const login = (
  { cipher, clock }: ValidateDeps,
  { client }: Registry,
  credential: Credential,
  deadline: number,
): T.Task<Validation> =>
  pipe(
    TE.fromEither(cipher.open(credential.sealedToken ?? '', associatedDataOf(credential))),
    TE.flatMapTask((token) =>
      pipe(
        client.validateCredential({ username: credential.username ?? '', token, deadline }),
        answerBy(clock, deadline),
      ),
    ),
    TE.match(
      (): Validation => ({ kind: 'indeterminate', problem: 'storage_failed' }),
      (answer) => (answer.kind === 'unknown' ? { kind: 'indeterminate', problem: answer.problem } : answer),
    ),
  )

/** Looks whether the registry accepts what a document holds, and records it. Changes nothing at the registry. */
export const makeValidateCredential =
  (deps: ValidateDeps): ValidateCredential =>
  (credential, hold) => {
    const registry = deps.registries.find(credential.registryId)
    return registry === undefined
      ? TE.right<never, RowResult>('waiting')
      : pipe(
          login(deps, registry, credential, sendDeadline(registry, hold.askedAt)),
          T.tap((validation) => T.fromIO(deps.reportValidation(credential, validation))),
          T.flatMap((validation) =>
            deps.recordAnswer(leaseEnd(registry, hold.askedAt), claimOf(credential), (_ledger, row, now) =>
              answeringResult(decideAfterValidation(row, validation, hold.cause, now), row),
            ),
          ),
          isolateFailure(deps.logger, 'a validation'),
        )
  }
