import {
  alreadyServes,
  type Clock,
  type ClusterView,
  type Credential,
  type CredentialLedger,
  decideGenerate,
  type Failure,
  fingerprintKeyAssociatedData,
  type GenerateCommand,
  hasEverythingRequired,
  type Intended,
  isInMotion,
  type LedgerFailure,
  type LedgerReads,
  meantAnotherLife,
  notReady,
  outlookOf,
  type PullSecret,
  refusalByBan,
  secretText,
  unknownRegistry,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { changeWithDraws } from './change-with-draws.ts'
import { answerWithin, waitAtMost } from './deadline.ts'
import type { DrawDeps } from './draw-credentials.ts'
import { beginHold, type Hold } from './hold.ts'
import type { ObtainCredential } from './obtain-credential.ts'
import { graceMilliseconds, optionalPatienceMilliseconds, patienceMilliseconds } from './patience.ts'
import { type AssembleDeps, assemblePullSecret } from './pull-secret.ts'
import { untilDone } from './until-done.ts'

export type GenerateFailure =
  | Failure<
      | 'INVALID_INPUT'
      | 'CLUSTER_BANNED'
      | 'CLUSTER_DELETING'
      | 'CLUSTER_DELETED'
      | 'INCARNATION_CONFLICT'
      | 'REGISTRIES_NOT_READY'
      | 'KEY_UNAVAILABLE'
    >
  | LedgerFailure

/** Gives a cluster its pull secret, creating whatever it lacks. Safe to repeat and to run at once from anywhere. */
export type GeneratePullSecret = (command: GenerateCommand) => TE.TaskEither<GenerateFailure, PullSecret>

export interface GenerateDeps extends DrawDeps, AssembleDeps {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly clock: Clock
  readonly obtain: ObtainCredential
}

const firstPollMilliseconds = 50
const longestPollMilliseconds = 800

/** How long a caller waits, by the monotonic clock. */
interface Budget {
  readonly endsAt: number
  /** For registries that are not required. */
  readonly optionalEndsAt: number
}

const budgetFrom = (startedAt: number): Budget => ({
  endsAt: startedAt + patienceMilliseconds,
  optionalEndsAt: startedAt + optionalPatienceMilliseconds,
})

/** What a round begins with. */
interface Round {
  readonly budget: Budget
  /** Whether it first takes what is due; otherwise it only looks. */
  readonly attempts: boolean
  readonly pollMilliseconds: number
}

/** Takes what is missing under leases of our own, in one transaction. */
const intend = (deps: GenerateDeps, command: GenerateCommand): TE.TaskEither<GenerateFailure, Intended> =>
  pipe(
    TE.fromIOEither(() =>
      deps.cipher.seal(secretText(deps.ids.secret()), fingerprintKeyAssociatedData(command.clusterId)),
    ),
    TE.flatMap((sealedFingerprintKey) =>
      changeWithDraws(
        deps,
        command.clusterId,
      )(
        (draws) => (ledger, now) =>
          decideGenerate(ledger, command, { registries: deps.registries.all, draws, sealedFingerprintKey }, now),
      ),
    ),
  )

const endOf = ({ registries }: GenerateDeps, { registryId }: Credential, budget: Budget): number =>
  registries.find(registryId)?.required === true ? budget.endsAt : budget.optionalEndsAt

const obtainAll =
  (deps: GenerateDeps, budget: Budget) =>
  (hold: Hold, intended: Intended): T.Task<void> =>
    pipe(
      intended,
      RA.traverse(T.ApplicativePar)((row) =>
        pipe(deps.obtain(row, hold), waitAtMost(deps.clock, endOf(deps, row, budget) - deps.clock.monotonic())),
      ),
      T.map(() => undefined),
    )

/** Takes what nobody else holds, and asks the vendors for it. */
const attempt = (deps: GenerateDeps, command: GenerateCommand, budget: Budget): TE.TaskEither<GenerateFailure, void> =>
  pipe(
    TE.fromIO<Hold, GenerateFailure>(beginHold(deps.clock, 'interactive', command.cause)),
    TE.flatMap((hold) =>
      pipe(
        intend(deps, command),
        TE.flatMap((intended) => TE.fromTask(obtainAll(deps, budget)(hold, intended))),
      ),
    ),
  )

/** What to do about a cluster as it stands, or why its caller is refused. */
const nextStep = (
  view: ClusterView,
  command: GenerateCommand,
  { registries: { all, find }, clock }: GenerateDeps,
  { budget, pollMilliseconds }: Round,
): E.Either<GenerateFailure, 'answer' | 'look again' | 'attempt again'> => {
  const refused = refusalByBan(view) ?? meantAnotherLife(view.cluster, command)
  if (refused !== undefined) return E.left(refused)
  const remaining = budget.endsAt - clock.monotonic()
  const isPatient = remaining > pollMilliseconds
  const waitsForOptional = isPatient && clock.monotonic() < budget.optionalEndsAt && isInMotion(view, all)
  if (hasEverythingRequired(view, all) && !waitsForOptional) return E.right('answer')
  const outlook = outlookOf(view, all)
  const secondsUntilTurn = (registryId: string): number => find(registryId)?.secondsUntilTurn?.() ?? 0
  if (outlook.waitMilliseconds > remaining || !isPatient)
    return E.left(notReady(view, all, { timedOut: !isPatient, secondsUntilTurn }))
  return E.right(outlook.isIdle ? 'attempt again' : 'look again')
}

/** It always waits before the next: a clock that is fast would see work where there is none. */
const goRound =
  (deps: GenerateDeps, command: GenerateCommand) =>
  (round: Round): TE.TaskEither<GenerateFailure, E.Either<Round, PullSecret>> =>
    pipe(
      round.attempts ? attempt(deps, command, round.budget) : TE.right(undefined),
      TE.flatMap(() => deps.reads.cluster(command.clusterId)),
      TE.flatMap((view) =>
        pipe(
          TE.fromEither(nextStep(view, command, deps, round)),
          TE.flatMap((step): TE.TaskEither<GenerateFailure, E.Either<Round, PullSecret>> =>
            step === 'answer'
              ? TE.fromEither(E.map((answer: PullSecret) => E.right(answer))(assemblePullSecret(deps)(view)))
              : pipe(
                  TE.fromTask(deps.clock.sleep(round.pollMilliseconds)),
                  TE.map(() => E.left(roundAfter(round, step === 'attempt again'))),
                ),
          ),
        ),
      ),
    )

const roundAfter = (round: Round, attempts: boolean): Round => ({
  ...round,
  attempts,
  pollMilliseconds: Math.min(longestPollMilliseconds, round.pollMilliseconds * 2),
})

const generate = (
  deps: GenerateDeps,
  command: GenerateCommand,
  budget: Budget,
): TE.TaskEither<GenerateFailure, PullSecret> =>
  untilDone({ budget, attempts: true, pollMilliseconds: firstPollMilliseconds }, goRound(deps, command))

export const makeGeneratePullSecret =
  (deps: GenerateDeps): GeneratePullSecret =>
  (command) => {
    const unknown = unknownRegistry(command, deps.registries.all)
    return unknown !== undefined
      ? TE.left(unknown)
      : pipe(
          TE.fromIO<Budget, GenerateFailure>(() => budgetFrom(deps.clock.monotonic())),
          TE.flatMap((budget) =>
            pipe(
              deps.reads.cluster(command.clusterId),
              TE.flatMap((view): TE.TaskEither<GenerateFailure, PullSecret> =>
                alreadyServes(view, command, deps.registries.all)
                  ? TE.fromEither(assemblePullSecret(deps)(view))
                  : pipe(
                      generate(deps, command, budget),
                      answerWithin(deps.clock, budget.endsAt + graceMilliseconds - deps.clock.monotonic()),
                    ),
              ),
            ),
          ),
        )
  }
