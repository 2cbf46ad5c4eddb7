import {
  answeringResult,
  type Cipher,
  claimOf,
  type Clock,
  decideAfterValidation,
  leaseEnd,
  type Logger,
  type Registries,
  type RowResult,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { termsOf, type WorkOnRow } from './hold.ts'
import { isolateFailure } from './isolate-failure.ts'
import { logIn } from './log-in.ts'
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
export type ValidateCredential = WorkOnRow

/** Looks whether the registry accepts what a document holds, and records it. Changes nothing at the registry. */
export const makeValidateCredential =
  (deps: ValidateDeps): ValidateCredential =>
  (credential, hold) => {
    const registry = deps.registries.find(credential.registryId)
    return registry === undefined
      ? TE.right<never, RowResult>('waiting')
      : pipe(
          logIn(deps, registry, credential, termsOf(registry, hold)),
          T.tap((validation) => T.fromIO(deps.reportValidation(credential, validation))),
          T.flatMap((validation) =>
            deps.recordAnswer(leaseEnd(registry, hold.askedAt), claimOf(credential), (_ledger, row, now) =>
              answeringResult(decideAfterValidation(row, validation, hold.cause, now), row),
            ),
          ),
          isolateFailure(deps.logger, 'a validation'),
        )
  }
