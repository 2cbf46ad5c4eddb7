import {
  type Clock,
  type ClusterView,
  type Credential,
  type CredentialLedger,
  decideDelete,
  type DeleteCommand,
  type Deletion,
  type Failure,
  type Ids,
  type Instant,
  isUnsettled,
  type LedgerFailure,
  type LedgerReads,
  type Registries,
  revocationStatuses,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { orUnavailable } from './change-with-draws.ts'
import { answerWithin, waitAtMost } from './deadline.ts'
import { beginHold, type Hold } from './hold.ts'
import { graceMilliseconds, patienceMilliseconds } from './patience.ts'
import type { RevokeCredential } from './revoke-credential.ts'
import { untilDone } from './until-done.ts'

export type DeleteFailure = Failure<'INCARNATION_CONFLICT'> | LedgerFailure

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

/** Gives another holder, or a vendor whose deletes are not immediate, a moment. */
const pauseMilliseconds = 400
/** More rows than a cluster ever has; any beyond it are left to recovery. */
const attemptIdCount = 64

const revokeAll =
  (deps: DeleteDeps, hold: Hold, endsAt: number) =>
  (held: ReadonlyArray<Credential>): T.Task<void> =>
    pipe(
      held,
      RA.traverse(T.ApplicativePar)((row) => deps.revoke(row, hold)),
      waitAtMost(deps.clock, endsAt - deps.clock.monotonic()),
      T.map(() => undefined),
    )

/** One round: move everything out of use, and ask the vendors about what nobody else holds. */
const withdraw = (
  deps: DeleteDeps,
  command: DeleteCommand,
  endsAt: number,
): TE.TaskEither<DeleteFailure, ReadonlyArray<Credential>> =>
  pipe(
    TE.fromIO<{ hold: Hold; attemptIds: ReadonlyArray<string> }, DeleteFailure>(() => ({
      hold: beginHold(deps.clock, 'urgent_revocation', command.cause)(),
      attemptIds: RA.makeBy(attemptIdCount, () => deps.ids.uuid()),
    })),
    TE.flatMap(({ hold, attemptIds }) =>
      pipe(
        deps.ledger.change(command.clusterId, (ledger, now) =>
          decideDelete(ledger, command, { registries: deps.registries, attemptIds }, now),
        ),
        TE.mapLeft((failure) => orUnavailable<DeleteFailure>(failure)),
        TE.tap((held) => TE.fromTask(revokeAll(deps, hold, endsAt)(held))),
      ),
    ),
  )

const deletionOf = (view: ClusterView, held: ReadonlyArray<Credential>, now: Instant): Deletion =>
  view.cluster?.state === 'deleting'
    ? {
        kind: 'deleting',
        incarnation: view.cluster.incarnation,
        registries: revocationStatuses(view.credentials, held, now),
      }
    : { kind: 'deleted' }

/**
 * How long until every row that is left may be looked at again; nothing where that proves nothing, because a request
 * of ours may still land or a vendor refused.
 */
const nextRoundIn = (view: ClusterView, now: Instant): number | undefined =>
  view.cluster?.state === 'deleting' &&
  view.credentials.every((row) => row.problem === undefined && !isUnsettled(row, now))
    ? Math.max(
        pauseMilliseconds,
        ...view.credentials.map((row) => (row.lease === undefined ? (row.nextAttemptAt ?? now) - now : 0)),
      )
    : undefined

/** The life that a first round found and began to delete is the one that later rounds go on with. */
const sameLife = (command: DeleteCommand, view: ClusterView): DeleteCommand => ({
  ...command,
  incarnation: view.cluster?.incarnation,
})

interface Round {
  readonly command: DeleteCommand
  /** What the first round asked the vendors about; absent in the first. */
  readonly begun?: ReadonlyArray<Credential>
}

/** The life that was being deleted is over, and another has begun meanwhile: what was asked for is done. */
const isOverMeanwhile = (failure: DeleteFailure, { begun }: Round): boolean =>
  failure.code === 'INCARNATION_CONFLICT' && begun !== undefined

const goRound =
  (deps: DeleteDeps, endsAt: number) =>
  (round: Round): TE.TaskEither<DeleteFailure, E.Either<Round, Deletion>> =>
    pipe(
      withdraw(deps, round.command, endsAt),
      TE.orElse((failure) => (isOverMeanwhile(failure, round) ? TE.right([]) : TE.left(failure))),
      TE.flatMap((held) =>
        pipe(
          deps.reads.cluster(round.command.clusterId),
          TE.flatMap((view) => concludeRound(deps, endsAt, { ...round, begun: round.begun ?? held }, view)),
        ),
      ),
    )

/** A life that is named is over as soon as the cluster has another, whatever becomes of that one. */
const isOver = ({ incarnation }: DeleteCommand, { cluster }: ClusterView): boolean =>
  incarnation !== undefined && cluster !== undefined && cluster.incarnation !== incarnation

/** Answers, or waits until another round may show more. */
const concludeRound = (
  deps: DeleteDeps,
  endsAt: number,
  { command, begun }: Required<Round>,
  view: ClusterView,
): TE.TaskEither<DeleteFailure, E.Either<Round, Deletion>> => {
  if (isOver(command, view)) return TE.right(E.right({ kind: 'deleted' }))
  const wait = nextRoundIn(view, deps.clock.now())
  return wait !== undefined && deps.clock.monotonic() + wait < endsAt
    ? pipe(
        TE.fromTask(deps.clock.sleep(wait)),
        TE.map(() => E.left({ command: sameLife(command, view), begun })),
      )
    : TE.right(E.right(deletionOf(view, begun, deps.clock.now())))
}

export const makeDeletePullSecret =
  (deps: DeleteDeps): DeletePullSecret =>
  (command) =>
    pipe(
      TE.fromIO<number, DeleteFailure>(() => deps.clock.monotonic() + patienceMilliseconds),
      TE.flatMap((endsAt) =>
        pipe(
          untilDone<Round, DeleteFailure, Deletion>({ command }, goRound(deps, endsAt)),
          answerWithin(deps.clock, patienceMilliseconds + graceMilliseconds),
        ),
      ),
    )
