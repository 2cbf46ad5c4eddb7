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
  secretText,
  unknownRegistry,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { changeWithDraws } from './change-with-draws.ts'
import { answerWithin, waitAtMost } from './deadline.ts'
import type { DrawDeps } from './draw-credentials.ts'
import type { ObtainCredential } from './obtain-credential.ts'
import { graceMilliseconds, optionalPatienceMilliseconds, patienceMilliseconds } from './patience.ts'
import { type AssembleDeps, assemblePullSecret } from './pull-secret.ts'

export type GenerateFailure =
  | Failure<
      | 'INVALID_INPUT'
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

interface Patience {
  readonly endsAt: number
  /** With registries that are not required. */
  readonly optionalEndsAt: number
  readonly pollMilliseconds: number
}

const patienceFrom = (startedAt: number): Patience => ({
  endsAt: startedAt + patienceMilliseconds,
  optionalEndsAt: startedAt + optionalPatienceMilliseconds,
  pollMilliseconds: firstPollMilliseconds,
})

const later = (patience: Patience): Patience => ({
  ...patience,
  pollMilliseconds: Math.min(longestPollMilliseconds, patience.pollMilliseconds * 2),
})

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

const patienceFor = ({ registries }: GenerateDeps, { registryId }: Credential, patience: Patience): number =>
  registries.find(registryId)?.required === true ? patience.endsAt : patience.optionalEndsAt

const obtainAll =
  (deps: GenerateDeps, command: GenerateCommand, patience: Patience) =>
  (startedAt: number, intended: Intended): T.Task<void> =>
    pipe(
      intended,
      RA.traverse(T.ApplicativePar)((row) =>
        pipe(
          deps.obtain(row, startedAt, command.cause),
          waitAtMost(deps.clock, patienceFor(deps, row, patience) - deps.clock.monotonic()),
        ),
      ),
      T.map(() => undefined),
    )

/** One round: take what nobody else holds, and ask the vendors for it. */
const attempt = (
  deps: GenerateDeps,
  command: GenerateCommand,
  patience: Patience,
): TE.TaskEither<GenerateFailure, void> =>
  pipe(
    TE.fromIO<number, GenerateFailure>(deps.clock.monotonic),
    TE.flatMap((startedAt) =>
      pipe(
        intend(deps, command),
        TE.flatMap((intended) => TE.fromTask(obtainAll(deps, command, patience)(startedAt, intended))),
      ),
    ),
  )

const pause = (deps: GenerateDeps, patience: Patience): TE.TaskEither<GenerateFailure, void> =>
  TE.fromTask(deps.clock.sleep(patience.pollMilliseconds))

/**
 * After a round: answer, refuse, or wait and go another round. It always waits: a clock that is fast would see work
 * where there is none.
 */
const conclude =
  (deps: GenerateDeps, command: GenerateCommand, patience: Patience) =>
  (view: ClusterView): TE.TaskEither<GenerateFailure, PullSecret> => {
    const { all } = deps.registries
    const conflict = meantAnotherLife(view.cluster, command)
    if (conflict !== undefined) return TE.left(conflict)
    const remaining = patience.endsAt - deps.clock.monotonic()
    const isPatient = remaining > patience.pollMilliseconds
    const waitsForOptional = isPatient && deps.clock.monotonic() < patience.optionalEndsAt && isInMotion(view, all)
    if (hasEverythingRequired(view, all) && !waitsForOptional) return TE.fromEither(assemblePullSecret(deps)(view))
    const outlook = outlookOf(view, all)
    if (outlook.waitMilliseconds > remaining || !isPatient)
      return TE.left(notReady(view, all, { timedOut: !isPatient }))
    const next = pipe(
      pause(deps, patience),
      TE.flatMap(() => (outlook.isIdle ? attempt(deps, command, patience) : TE.right(undefined))),
    )
    return pipe(
      next,
      TE.flatMap(() => deps.reads.cluster(command.clusterId)),
      TE.flatMap(conclude(deps, command, later(patience))),
    )
  }

const generate = (
  deps: GenerateDeps,
  command: GenerateCommand,
  patience: Patience,
): TE.TaskEither<GenerateFailure, PullSecret> =>
  pipe(
    attempt(deps, command, patience),
    TE.flatMap(() => deps.reads.cluster(command.clusterId)),
    TE.flatMap(conclude(deps, command, patience)),
  )

export const makeGeneratePullSecret =
  (deps: GenerateDeps): GeneratePullSecret =>
  (command) => {
    const unknown = unknownRegistry(command, deps.registries.all)
    return unknown !== undefined
      ? TE.left(unknown)
      : pipe(
          TE.fromIO<Patience, GenerateFailure>(() => patienceFrom(deps.clock.monotonic())),
          TE.flatMap((patience) =>
            pipe(
              deps.reads.cluster(command.clusterId),
              TE.flatMap((view): TE.TaskEither<GenerateFailure, PullSecret> =>
                alreadyServes(view, command, deps.registries.all)
                  ? TE.fromEither(assemblePullSecret(deps)(view))
                  : pipe(
                      generate(deps, command, patience),
                      answerWithin(deps.clock, patience.endsAt + graceMilliseconds - deps.clock.monotonic()),
                    ),
              ),
            ),
          ),
        )
  }
