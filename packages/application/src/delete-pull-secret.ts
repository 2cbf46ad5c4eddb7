import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  decideDelete, revocationStatuses, type Cause, type Clock, type ClusterView, type Credential, type CredentialLedger, type DeleteCommand, type Failure, type Ids,
  type LedgerFailure, type LedgerReads, type Registries, type RevocationStatus,
} from '@pull-secret/domain'
import { waitAtMost } from './deadline.ts'
import type { RevokeCredential } from './revoke-credential.ts'

export type DeleteFailure = Failure<'INCARNATION_CONFLICT'> | LedgerFailure

/** `deleted` only when every credential is proved gone; otherwise how far each registry is. */
export type Deletion = { readonly kind: 'deleted' } | { readonly kind: 'deleting'; readonly registries: ReadonlyArray<RevocationStatus> }

/** Revokes everything a cluster has. Repeatable; what is not proved yet goes on without the caller. */
export type DeletePullSecret = (command: DeleteCommand) => TE.TaskEither<DeleteFailure, Deletion>

export interface DeleteDeps {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly registries: Registries
  readonly ids: Ids
  readonly clock: Clock
  readonly revoke: RevokeCredential
}

const patienceMilliseconds = 8_000
/** More rows than a cluster ever has; any beyond it are left to recovery. */
const attemptIdCount = 64

const revokeAll = (deps: DeleteDeps, cause: Cause, startedAt: number) => (held: ReadonlyArray<Credential>): T.Task<void> =>
  pipe(
    held,
    RA.traverse(T.ApplicativePar)((row) => deps.revoke(row, startedAt, cause)),
    waitAtMost(deps.clock, startedAt + patienceMilliseconds - deps.clock.monotonic()),
    T.map(() => undefined),
  )

const deletionOf = (view: ClusterView, held: ReadonlyArray<Credential>): Deletion =>
  view.cluster?.state === 'deleting'
    ? { kind: 'deleting', registries: revocationStatuses(view.credentials, held) }
    : { kind: 'deleted' }

export const makeDeletePullSecret = (deps: DeleteDeps): DeletePullSecret => (command) =>
  pipe(
    TE.fromIO<{ startedAt: number; attemptIds: ReadonlyArray<string> }, DeleteFailure>(() => ({
      startedAt: deps.clock.monotonic(), attemptIds: RA.makeBy(attemptIdCount, () => deps.ids.uuid()),
    })),
    TE.flatMap(({ startedAt, attemptIds }) => pipe(
      deps.ledger.change(command.clusterId, (ledger, now) => decideDelete(ledger, command, { registries: deps.registries, attemptIds }, now)),
      TE.tap((held) => TE.fromTask(revokeAll(deps, command.cause, startedAt)(held))),
    )),
    TE.flatMap((held) => pipe(deps.reads.cluster(command.clusterId), TE.map((view) => deletionOf(view, held)))),
  )
