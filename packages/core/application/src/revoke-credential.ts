import {
  answeringResult,
  type Cause,
  claimOf,
  type Clock,
  type Credential,
  decideAfterDelete,
  type DeleteOutcome,
  type Failure,
  leaseEnd,
  type LedgerFailure,
  type Logger,
  markerOf,
  type Registries,
  type Registry,
  type RowResult,
  sendDeadline,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerBy } from './deadline.ts'
import { isolateFailure } from './isolate-failure.ts'
import type { RecordAnswer } from './record-answer.ts'
import type { ReportOutcome } from './report-outcome.ts'
import type { WithSharedContent } from './shared-content.ts'

export interface RevokeDeps {
  readonly recordAnswer: RecordAnswer
  readonly registries: Registries
  readonly clock: Clock
  readonly withSharedContent: WithSharedContent
  readonly report: ReportOutcome
  readonly logger: Logger
  readonly deploymentId: string
}

/** A delete at the vendor for a row that is revoking and under a lease. */
export type RevokeCredential = (
  credential: Credential,
  startedAt: number,
  cause: Cause,
) => TE.TaskEither<Failure<'FENCE_LOST'> | LedgerFailure, RowResult>

const ask = (
  deps: RevokeDeps,
  registry: Registry,
  credential: Credential,
  startedAt: number,
): T.Task<DeleteOutcome> => {
  const deadline = sendDeadline(registry, startedAt)
  return pipe(
    deps.withSharedContent(
      registry,
      claimOf(credential).attemptId,
      deadline,
    )((shared) =>
      pipe(
        registry.client.deleteCredential({
          vendorName: credential.vendorName,
          vendorId: credential.vendorId,
          marker: markerOf(deps.deploymentId, credential.id),
          shared,
          deadline,
        }),
        answerBy(deps.clock, deadline),
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

/** Deletes the row's object at its vendor and records what that shows. */
export const makeRevokeCredential =
  (deps: RevokeDeps): RevokeCredential =>
  (credential, startedAt, cause) => {
    const registry = deps.registries.find(credential.registryId)
    return registry === undefined
      ? TE.right<never, RowResult>('waiting')
      : pipe(
          ask(deps, registry, credential, startedAt),
          T.tap((outcome) => T.fromIO(deps.report('revoke', credential, outcome))),
          T.flatMap((outcome) =>
            deps.recordAnswer(leaseEnd(registry, startedAt), claimOf(credential), (ledger, row, now) =>
              answeringResult(
                decideAfterDelete(ledger, row, outcome, { capabilities: registry.client.capabilities, cause }, now),
                row,
              ),
            ),
          ),
          isolateFailure(deps.logger, 'a revocation'),
        )
  }
