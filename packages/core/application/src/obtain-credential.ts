import {
  answeringResult,
  associatedDataOf,
  type Cipher,
  claimOf,
  type Clock,
  type CreateOutcome,
  type Credential,
  decideAfterCreate,
  type Failure,
  leaseEnd,
  type Logger,
  markerOf,
  type NotSentOutcome,
  onlyUsable,
  type RecordedCreateOutcome,
  type Registries,
  type Registry,
  type RowResult,
  type SecretText,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerBy } from './deadline.ts'
import { type Hold, termsOf, type WorkOnRow } from './hold.ts'
import { isolateFailure } from './isolate-failure.ts'
import type { RecordAnswer } from './record-answer.ts'
import type { ReportOutcome } from './report-outcome.ts'
import type { WithSharedContent } from './shared-content.ts'

export interface ObtainDeps {
  readonly recordAnswer: RecordAnswer
  readonly registries: Registries
  readonly cipher: Cipher
  readonly clock: Clock
  readonly withSharedContent: WithSharedContent
  readonly report: ReportOutcome
  readonly logger: Logger
  readonly deploymentId: string
}

/** An attempt at the vendor for a row that is under a creating lease. */
export type ObtainCredential = WorkOnRow

const notSent: NotSentOutcome = { kind: 'not_sent', problem: 'storage_failed' }
/** Another writer had the shared object all the time. All who wait are written together, so the next look is soon. */
const busy: NotSentOutcome = { kind: 'not_sent', problem: 'object_busy', retryAfterSeconds: 2 }

const ownToken = (
  cipher: Cipher,
  registry: Registry,
  credential: Credential,
): E.Either<Failure<'KEY_UNAVAILABLE'>, SecretText | undefined> =>
  registry.client.capabilities.recoveryClass === 'caller-secret'
    ? cipher.open(credential.sealedToken ?? '', associatedDataOf(credential))
    : E.right(undefined)

const ask = (deps: ObtainDeps, registry: Registry, credential: Credential, hold: Hold): T.Task<CreateOutcome> => {
  const terms = termsOf(registry, hold)
  return pipe(
    TE.fromEither(ownToken(deps.cipher, registry, credential)),
    TE.flatMap((token) =>
      deps.withSharedContent(
        registry,
        claimOf(credential).attemptId,
        terms.deadline,
      )((shared) =>
        pipe(
          registry.client.createCredential({
            vendorName: credential.vendorName,
            vendorId: credential.vendorId,
            marker: markerOf(deps.deploymentId, credential.id),
            token,
            shared,
            terms,
          }),
          answerBy(deps.clock, terms.deadline),
        ),
      ),
    ),
    TE.getOrElse((failure) => T.of<CreateOutcome>(failure.code === 'SHARED_OBJECT_BUSY' ? busy : notSent)),
  )
}

/**
 * A token that cannot be sealed cannot be kept: the vendor object exists, and the next attempt reads it back or gives
 * it up.
 */
const sealed = (cipher: Cipher, credential: Credential, outcome: CreateOutcome): RecordedCreateOutcome => {
  if (outcome.kind !== 'created') return outcome
  const { token, ...rest } = outcome
  return pipe(
    cipher.seal(token, associatedDataOf(credential)),
    E.match(
      (): RecordedCreateOutcome => ({ kind: 'unknown', problem: 'storage_failed', vendorId: outcome.vendorId }),
      (sealedToken): RecordedCreateOutcome => ({ ...rest, sealedToken }),
    ),
  )
}

const vendorIdOf = (outcome: RecordedCreateOutcome): string | undefined =>
  outcome.kind === 'created' || outcome.kind === 'unknown' ? outcome.vendorId : undefined

/**
 * Calls the registry for a row under a creating lease. Whatever it answers, even nothing, is recorded under the
 * lease.
 */
export const makeObtainCredential =
  (deps: ObtainDeps): ObtainCredential =>
  (credential, hold) => {
    const registry = deps.registries.find(credential.registryId)
    return registry === undefined
      ? TE.right<never, RowResult>('waiting')
      : pipe(
          ask(deps, registry, credential, hold),
          T.map((outcome) => sealed(deps.cipher, credential, onlyUsable(outcome))),
          T.tap((outcome) => T.fromIO(deps.report('create', credential, outcome))),
          T.flatMap((outcome) =>
            deps.recordAnswer(
              leaseEnd(registry, hold.askedAt),
              claimOf(credential),
              (ledger, row, now) =>
                answeringResult(
                  decideAfterCreate(
                    ledger,
                    row,
                    outcome,
                    { registry, registries: deps.registries.all, cause: hold.cause },
                    now,
                  ),
                  row,
                ),
              { vendorId: vendorIdOf(outcome) },
            ),
          ),
          isolateFailure(deps.logger, 'a create'),
        )
  }
