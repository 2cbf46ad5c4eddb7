import {
  type ClusterView,
  type Credential,
  decideDelete,
  type DeleteCommand,
  type Deletion,
  type Failure,
  type Instant,
  type LedgerFailure,
  type LedgerReads,
  revocationStatuses,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerWithin } from './deadline.ts'
import { graceMilliseconds, patienceMilliseconds } from './patience.ts'
import { untilDone } from './until-done.ts'
import { nextRoundIn, withdraw, type Withdrawal, type WithdrawDeps } from './withdraw.ts'

export type DeleteFailure = Failure<'INCARNATION_CONFLICT'> | LedgerFailure

/** Revokes everything a cluster has. Repeatable; what is not proved yet goes on without the caller. */
export type DeletePullSecret = (command: DeleteCommand) => TE.TaskEither<DeleteFailure, Deletion>

export interface DeleteDeps extends WithdrawDeps {
  readonly reads: LedgerReads
}

const deletionOf = (view: ClusterView, held: ReadonlyArray<Credential>, now: Instant): Deletion =>
  view.cluster?.state === 'deleting'
    ? {
        kind: 'deleting',
        incarnation: view.cluster.incarnation,
        registries: revocationStatuses(view.credentials, held, now),
      }
    : { kind: 'deleted' }

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

const deleting = (command: DeleteCommand): Withdrawal<Failure<'INCARNATION_CONFLICT'>> => ({
  ...command,
  decide: (ledger, context, now) => decideDelete(ledger, command, context, now),
})

const goRound =
  (deps: DeleteDeps, endsAt: number) =>
  (round: Round): TE.TaskEither<DeleteFailure, E.Either<Round, Deletion>> =>
    pipe(
      withdraw(deps, deleting(round.command), endsAt),
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
  const wait = view.cluster?.state === 'deleting' ? nextRoundIn(view.credentials, deps.clock.now()) : undefined
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
