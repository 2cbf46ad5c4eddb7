import {
  type Cause,
  type Clock,
  type ClusterLedger,
  type CredentialLedger,
  type Decision,
  type DomainError,
  type Held,
  type Ids,
  type Instant,
  isUnsettled,
  type LedgerFailure,
  type Registries,
  type ViewedCredential,
  type WithdrawContext,
} from '@pull-secret/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { orUnavailable } from './change-with-draws.ts'
import { waitAtMost } from './deadline.ts'
import { beginHold, type Hold } from './hold.ts'
import type { RevokeCredential } from './revoke-credential.ts'

export interface WithdrawDeps {
  readonly ledger: CredentialLedger
  readonly registries: Registries
  readonly ids: Ids
  readonly clock: Clock
  readonly revoke: RevokeCredential
}

/** Gives another holder, or a vendor whose deletes are not immediate, a moment. */
const pauseMilliseconds = 400
/** More rows than a cluster ever has; any beyond it are left to recovery. */
const attemptIdCount = 64

const revokeAll =
  (deps: WithdrawDeps, hold: Hold, endsAt: number) =>
  (held: Held): T.Task<void> =>
    pipe(
      held,
      RA.traverse(T.ApplicativePar)((row) => deps.revoke(row, hold)),
      waitAtMost(deps.clock, endsAt - deps.clock.monotonic()),
      T.map(() => undefined),
    )

export interface Withdrawal<E extends DomainError> {
  readonly clusterId: string
  readonly cause: Cause
  /** Moves rows out of use and takes those that are due for deletion. */
  readonly decide: (ledger: ClusterLedger, context: WithdrawContext, now: Instant) => Either<E, Decision<Held>>
}

/** One round: move everything out of use, and ask the vendors about what nobody else holds. */
export const withdraw = <E extends DomainError>(
  deps: WithdrawDeps,
  { clusterId, cause, decide }: Withdrawal<E>,
  endsAt: number,
): TE.TaskEither<E | LedgerFailure, Held> =>
  pipe(
    TE.fromIO<{ hold: Hold; attemptIds: ReadonlyArray<string> }, E | LedgerFailure>(() => ({
      hold: beginHold(deps.clock, 'urgent_revocation', cause)(),
      attemptIds: RA.makeBy(attemptIdCount, () => deps.ids.uuid()),
    })),
    TE.flatMap(({ hold, attemptIds }) =>
      pipe(
        deps.ledger.change(clusterId, (ledger, now) =>
          decide(ledger, { registries: deps.registries, attemptIds }, now),
        ),
        TE.mapLeft((failure) => orUnavailable<E | LedgerFailure>(failure)),
        TE.tap((held) => TE.fromTask(revokeAll(deps, hold, endsAt)(held))),
      ),
    ),
  )

/**
 * How long until every row that is being revoked may be looked at again; nothing where that proves nothing, because a
 * request of ours may still land or a vendor refused.
 */
export const nextRoundIn = (rows: ReadonlyArray<ViewedCredential>, now: Instant): number | undefined =>
  rows.every((row) => row.problem === undefined && !isUnsettled(row, now))
    ? Math.max(
        pauseMilliseconds,
        ...rows.map((row) => (row.lease === undefined ? (row.nextAttemptAt ?? now) - now : 0)),
      )
    : undefined
