import {
  type BanCommand,
  type BanReport,
  type Cause,
  type ClusterView,
  type CredentialLedger,
  decideBan,
  decideBanGoesOn,
  decideUnban,
  type Failure,
  type Held,
  type Instant,
  type LedgerFailure,
  type LedgerReads,
  revocationStatuses,
  type ViewedCredential,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { orUnavailable } from './change-with-draws.ts'
import { answerWithin } from './deadline.ts'
import { graceMilliseconds, patienceMilliseconds } from './patience.ts'
import { untilDone } from './until-done.ts'
import { nextRoundIn, withdraw, type Withdrawal, type WithdrawDeps } from './withdraw.ts'

/**
 * Bans an id, be there a cluster or not, and revokes everything that its cluster has. Repeatable; what is not proved
 * yet goes on without the caller.
 */
export type BanCluster = (command: BanCommand) => TE.TaskEither<LedgerFailure, BanReport>

/** Lifts a ban. The cluster gets a new pull secret when somebody asks for one. */
export type UnbanCluster = (clusterId: string, cause: Cause) => TE.TaskEither<LedgerFailure, BanReport>

/** Whether an id is banned. */
export type ReadBan = (clusterId: string) => TE.TaskEither<Failure<'LEDGER_UNAVAILABLE'>, BanReport>

export interface BanDeps extends WithdrawDeps {
  readonly reads: LedgerReads
}

const beingRevoked = ({ credentials }: ClusterView): ReadonlyArray<ViewedCredential> =>
  credentials.filter(({ state }) => state === 'revoking')

const reportOf = (view: ClusterView, begun: ReadonlyArray<ViewedCredential>, now: Instant): BanReport => ({
  clusterId: view.clusterId,
  ban: view.ban?.state === 'standing' ? view.ban : undefined,
  revocations: revocationStatuses(beingRevoked(view), begun, now),
})

const banning = (command: BanCommand): Withdrawal<never> => ({
  ...command,
  decide: (ledger, context, now) => E.right(decideBan(ledger, command, context, now)),
})

/** Only the first round bans: the ban may be lifted meanwhile. */
const goingOn = (command: BanCommand): Withdrawal<never> => ({
  ...command,
  decide: (ledger, context, now) => E.right(decideBanGoesOn(ledger, context, now)),
})

/** What the first round asked the vendors about; nothing before it. */
type Begun = Held | undefined

const goRound =
  (deps: BanDeps, command: BanCommand, endsAt: number) =>
  (begun: Begun): TE.TaskEither<LedgerFailure, E.Either<Begun, BanReport>> =>
    pipe(
      withdraw(deps, begun === undefined ? banning(command) : goingOn(command), endsAt),
      TE.flatMap((held) =>
        pipe(
          deps.reads.cluster(command.clusterId),
          TE.flatMap((view) => concludeRound(deps, endsAt, begun ?? held, view)),
        ),
      ),
    )

/** Answers, or waits until another round may show more. */
const concludeRound = (
  deps: BanDeps,
  endsAt: number,
  begun: Held,
  view: ClusterView,
): TE.TaskEither<LedgerFailure, E.Either<Begun, BanReport>> => {
  const left = beingRevoked(view)
  const wait = left.length === 0 ? undefined : nextRoundIn(left, deps.clock.now())
  return wait !== undefined && deps.clock.monotonic() + wait < endsAt
    ? pipe(
        TE.fromTask(deps.clock.sleep(wait)),
        TE.map(() => E.left(begun)),
      )
    : TE.right(E.right(reportOf(view, begun, deps.clock.now())))
}

export const makeBanCluster =
  (deps: BanDeps): BanCluster =>
  (command) =>
    pipe(
      TE.fromIO<number, LedgerFailure>(() => deps.clock.monotonic() + patienceMilliseconds),
      TE.flatMap((endsAt) =>
        pipe(
          untilDone<Begun, LedgerFailure, BanReport>(undefined, goRound(deps, command, endsAt)),
          answerWithin(deps.clock, patienceMilliseconds + graceMilliseconds),
        ),
      ),
    )

export const makeReadBan =
  ({ reads, clock }: Pick<BanDeps, 'reads' | 'clock'>): ReadBan =>
  (clusterId) =>
    pipe(
      reads.cluster(clusterId),
      TE.map((view) => reportOf(view, [], clock.now())),
    )

export interface UnbanDeps {
  readonly ledger: CredentialLedger
  readonly readBan: ReadBan
}

export const makeUnbanCluster =
  ({ ledger, readBan }: UnbanDeps): UnbanCluster =>
  (clusterId, cause) =>
    pipe(
      ledger.change(clusterId, (known) => E.right(decideUnban(known, cause))),
      TE.mapLeft((failure) => orUnavailable<LedgerFailure>(failure)),
      TE.flatMap((): TE.TaskEither<LedgerFailure, BanReport> => readBan(clusterId)),
    )
