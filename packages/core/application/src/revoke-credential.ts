import {
  answeringResult,
  type CallTerms,
  type Cipher,
  claimOf,
  type Clock,
  type Credential,
  decideAfterDelete,
  type DeleteOutcome,
  leaseEnd,
  type Logger,
  type LoginAfterDelete,
  markerOf,
  needsLogin,
  type Registries,
  type Registry,
  type RowResult,
  type Validation,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerBy } from './deadline.ts'
import { type Hold, termsOf, type WorkOnRow } from './hold.ts'
import { isolateFailure } from './isolate-failure.ts'
import { logIn } from './log-in.ts'
import type { RecordAnswer } from './record-answer.ts'
import type { ReportOutcome } from './report-outcome.ts'
import type { WithSharedContent } from './shared-content.ts'

export interface RevokeDeps {
  readonly recordAnswer: RecordAnswer
  readonly registries: Registries
  readonly cipher: Cipher
  readonly clock: Clock
  readonly withSharedContent: WithSharedContent
  readonly report: ReportOutcome
  readonly logger: Logger
  readonly deploymentId: string
}

/** A delete at the vendor for a row that is revoking and under a lease. */
export type RevokeCredential = WorkOnRow

const ask = (deps: RevokeDeps, registry: Registry, credential: Credential, hold: Hold): T.Task<DeleteOutcome> => {
  const terms = termsOf(registry, hold)
  return pipe(
    deps.withSharedContent(
      registry,
      claimOf(credential).attemptId,
      terms.deadline,
    )((shared) =>
      pipe(
        registry.client.deleteCredential({
          vendorName: credential.vendorName,
          vendorId: credential.vendorId,
          marker: markerOf(deps.deploymentId, credential.id),
          shared,
          terms,
        }),
        answerBy(deps.clock, terms.deadline),
      ),
    ),
    TE.getOrElse((failure) =>
      T.of<DeleteOutcome>(
        failure.code === 'SHARED_OBJECT_BUSY'
          ? { kind: 'not_sent', problem: 'object_busy', retryAfterSeconds: 2 }
          : { kind: 'not_sent', problem: 'storage_failed' },
      ),
    ),
  )
}

const verdicts: Readonly<Record<Validation['kind'], LoginAfterDelete | undefined>> = {
  valid: 'accepted',
  invalid: 'refused',
  indeterminate: undefined,
}

/** What a login says with the token that was handed out, where that has to be known before the token is erased. */
const loginAfter = (
  deps: RevokeDeps,
  registry: Registry,
  { credential, outcome }: { readonly credential: Credential; readonly outcome: DeleteOutcome },
  terms: CallTerms,
): T.Task<LoginAfterDelete | undefined> =>
  needsLogin(credential, outcome, registry.client.capabilities, deps.clock.now())
    ? pipe(
        logIn(deps, registry, credential, terms),
        T.map(({ kind }) => verdicts[kind]),
      )
    : T.of(undefined)

/** Deletes the row's object at its vendor and records what that shows. */
export const makeRevokeCredential =
  (deps: RevokeDeps): RevokeCredential =>
  (credential, hold) => {
    const registry = deps.registries.find(credential.registryId)
    return registry === undefined
      ? TE.right<never, RowResult>('waiting')
      : pipe(
          ask(deps, registry, credential, hold),
          T.tap((outcome) => T.fromIO(deps.report('revoke', credential, outcome))),
          T.bindTo('outcome'),
          T.bind('login', ({ outcome }) =>
            loginAfter(deps, registry, { credential, outcome }, termsOf(registry, hold)),
          ),
          T.flatMap(({ outcome, login: found }) =>
            deps.recordAnswer(leaseEnd(registry, hold.askedAt), claimOf(credential), (ledger, row, now) =>
              answeringResult(
                decideAfterDelete(
                  ledger,
                  row,
                  outcome,
                  { capabilities: registry.client.capabilities, login: found, cause: hold.cause },
                  now,
                ),
                row,
              ),
            ),
          ),
          isolateFailure(deps.logger, 'a revocation'),
        )
  }
