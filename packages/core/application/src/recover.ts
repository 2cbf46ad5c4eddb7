import {
  answeringResult,
  type CallPriority,
  type Cause,
  type ClaimedWork,
  claimOf,
  type ClaimTerms,
  type Clock,
  type CredentialLedger,
  decideAbandon,
  decideCompletion,
  type DueKind,
  type DueWork,
  type LedgerFailure,
  type Logger,
  type RecoverySummary,
  type Registries,
  type Registry,
  type RowResult,
  rowsWithinBudget,
  sendSeconds,
  type WorkPurpose,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { changeWithDraws } from './change-with-draws.ts'
import type { DrawDeps } from './draw-credentials.ts'
import { beginHold, type Hold } from './hold.ts'
import { isolateFailure } from './isolate-failure.ts'
import type { ObtainCredential } from './obtain-credential.ts'
import { countFailed, countRows, nothing, type RowOutcome, sum, type WorkFailure } from './recovery-summaries.ts'
import type { RevokeCredential } from './revoke-credential.ts'
import type { ValidateCredential } from './validate-credential.ts'

export type RecoveryFailure = LedgerFailure

/**
 * Finishes what requests left: creates of unknown outcome, revocations without proof, clusters that lack a registry,
 * tokens to be minted again, entries that nobody has looked at since they were published.
 * Works until nothing is due, but takes up nothing new after 20 s or once `goesOn` says no: a vendor that hangs would
 * keep it for ever,
 * and others waiting. Running it twice, or on every replica at once, does no more than once.
 */
export type Recover = (cause: Cause, goesOn?: IO<boolean>) => TE.TaskEither<RecoveryFailure, RecoverySummary>

const longestRunMilliseconds = 20_000

export interface RecoverDeps extends DrawDeps {
  readonly ledger: CredentialLedger
  readonly dueWork: DueWork
  readonly clock: Clock
  readonly obtain: ObtainCredential
  readonly revoke: RevokeCredential
  readonly validate: ValidateCredential
  readonly registries: Registries
  readonly logger: Logger
  /** How many rows of one registry are taken at once. */
  readonly batchSize: number
}

/** What was done with some of what is due, and whether as much was taken up as may be at once: more may be due. */
type Batch = TE.TaskEither<RecoveryFailure, { readonly summary: RecoverySummary; readonly isFull: boolean }>

const termsOf = (registry: Registry): ClaimTerms => ({
  registryId: registry.id,
  scope: registry.client.scope,
  leaseSeconds: registry.leaseSeconds,
  landingWindowSeconds: registry.client.capabilities.landingWindowSeconds,
  mayCreate: registry.enabled,
  mayRepeatUnknown: registry.client.capabilities.recoveryClass !== 'one-shot',
})

/** A token that will end is minted again long before, and what is only looked at comes last. */
const priorities: Readonly<Record<WorkPurpose, CallPriority>> = {
  create: 'due',
  abandon: 'due',
  revoke: 'due',
  validate: 'drift',
  mint: 'refresh',
}

const priorityOf = ({ purpose, isUrgent }: ClaimedWork): CallPriority =>
  purpose === 'revoke' && isUrgent ? 'urgent_revocation' : priorities[purpose]

const work =
  (deps: RecoverDeps, batch: Hold) =>
  (claimed: ClaimedWork): TE.TaskEither<WorkFailure, RowResult> => {
    const { credential } = claimed
    const registry = deps.registries.find(credential.registryId)
    if (registry === undefined) return TE.right('waiting')
    const hold = { ...batch, priority: priorityOf(claimed) }
    switch (claimed.purpose) {
      case 'create':
      case 'mint':
        return deps.obtain(credential, hold)
      case 'validate':
        return deps.validate(credential, hold)
      case 'revoke':
        return deps.revoke(credential, hold)
      case 'abandon':
        return deps.ledger.record(claimOf(credential), (ledger, row, now) =>
          answeringResult(
            decideAbandon(ledger, row, { capabilities: registry.client.capabilities, cause: hold.cause }, now),
            row,
          ),
        )
    }
  }

/** Obligations, looks and clusters that lack rows are taken up side by side: each may spend a third of the turns. */
const rowsAtOnce = ({ batchSize }: RecoverDeps, registry: Registry): number =>
  Math.min(batchSize, rowsWithinBudget(registry.budget, sendSeconds(registry) / 3))

const workBatch = (deps: RecoverDeps, cause: Cause, registry: Registry, kind: DueKind): Batch => {
  const hold = beginHold(deps.clock, 'due', cause)()
  const most = rowsAtOnce(deps, registry)
  return pipe(
    deps.dueWork.claim({ terms: termsOf(registry), kind, attemptIds: RA.makeBy(most, () => deps.ids.uuid()) }),
    TE.flatMap((claimed) =>
      TE.fromTask(
        pipe(
          claimed,
          RA.traverse(T.ApplicativePar)((claim) =>
            pipe(work(deps, hold)(claim), isolateFailure(deps.logger, 'recovery of a row')),
          ),
          T.map((results) => ({ summary: countRows(results), isFull: results.length === most })),
        ),
      ),
    ),
  )
}

const completeOne =
  (deps: RecoverDeps, cause: Cause) =>
  (clusterId: string): TE.TaskEither<WorkFailure, ReadonlyArray<RowOutcome>> => {
    const hold = beginHold(deps.clock, 'due', cause)()
    return pipe(
      changeWithDraws(
        deps,
        clusterId,
      )(
        (draws) => (ledger, now) =>
          E.right(decideCompletion(ledger, cause, { registries: deps.registries.all, draws }, now)),
      ),
      TE.flatMap((intended) =>
        TE.fromTask(
          pipe(
            intended,
            RA.traverse(T.ApplicativePar)((row) => deps.obtain(row, hold)),
          ),
        ),
      ),
    )
  }

/** Each cluster takes a row of every registry that it lacks. */
const completeClusters = (deps: RecoverDeps, cause: Cause): Batch => {
  const enabled = deps.registries.all.filter((registry) => registry.enabled)
  const most = Math.min(...enabled.map((registry) => rowsAtOnce(deps, registry)), deps.batchSize)
  return pipe(
    deps.dueWork.clusters(
      most,
      enabled.map((registry) => registry.id),
    ),
    TE.flatMap((clusterIds) =>
      TE.fromTask(
        pipe(
          clusterIds,
          RA.traverse(T.ApplicativePar)((clusterId) =>
            pipe(completeOne(deps, cause)(clusterId), isolateFailure(deps.logger, 'completion of a cluster')),
          ),
          T.map((results) => {
            const rows = countRows(results.flatMap((result) => (E.isRight(result) ? result.right : [])))
            const failed = rows.failed + countFailed(results)
            return { summary: { ...rows, clusters: results.length, failed }, isFull: results.length === most }
          }),
        ),
      ),
    ),
  )
}

const untilNothingIsDue = (
  deps: RecoverDeps,
  mayGoOn: IO<boolean>,
  batch: Batch,
  soFar: RecoverySummary,
): TE.TaskEither<RecoveryFailure, RecoverySummary> =>
  pipe(
    batch,
    TE.flatMap(({ summary, isFull }) => {
      const total = sum(soFar, summary)
      if (summary.failed > 0 || !isFull) return TE.right(total)
      return mayGoOn() ? untilNothingIsDue(deps, mayGoOn, batch, total) : TE.right({ ...total, isFinished: false })
    }),
  )

const dueKinds: ReadonlyArray<DueKind> = ['obligations', 'looks']

const batchesOf = (deps: RecoverDeps, cause: Cause): ReadonlyArray<Batch> => [
  ...deps.registries.all.flatMap((registry) =>
    dueKinds.map((kind) => TE.flatten(TE.fromIO(() => workBatch(deps, cause, registry, kind)))),
  ),
  TE.flatten(TE.fromIO(() => completeClusters(deps, cause))),
]

/**
 * Registries are recovered side by side, and what has to happen beside mere looks: neither a vendor that hangs nor as
 * many looks as there are clusters keep anything else waiting.
 */
export const makeRecover =
  (deps: RecoverDeps): Recover =>
  (cause, goesOn = () => true) =>
    pipe(
      T.fromIO(deps.clock.monotonic),
      T.flatMap((startedAt) =>
        pipe(
          batchesOf(deps, cause),
          RA.traverse(T.ApplicativePar)((batch) =>
            untilNothingIsDue(
              deps,
              () => goesOn() && deps.clock.monotonic() < startedAt + longestRunMilliseconds,
              batch,
              nothing,
            ),
          ),
        ),
      ),
      T.map((results) => {
        const failure = results.find(E.isLeft)
        return (
          failure ?? E.right(results.map((result) => (E.isRight(result) ? result.right : nothing)).reduce(sum, nothing))
        )
      }),
    )
