import {
  answeringResult,
  type Cause,
  type ClaimedWork,
  claimOf,
  type ClaimTerms,
  type Clock,
  type CredentialLedger,
  decideAbandon,
  decideCompletion,
  type DueWork,
  type Failure,
  type LedgerFailure,
  type Logger,
  type RecoverySummary,
  type Registries,
  type Registry,
  type RowResult,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { changeWithDraws } from './change-with-draws.ts'
import type { DrawDeps } from './draw-credentials.ts'
import { isolateFailure } from './isolate-failure.ts'
import type { ObtainCredential } from './obtain-credential.ts'
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

type RowOutcome = E.Either<WorkFailure, RowResult>

type WorkFailure = Failure<'FENCE_LOST' | 'KEY_UNAVAILABLE'> | LedgerFailure

/** What was done with some of what is due, and how much of it was taken up: rows, or clusters. */
type Batch = TE.TaskEither<RecoveryFailure, { readonly summary: RecoverySummary; readonly taken: number }>

const nothing: RecoverySummary = {
  rows: 0,
  done: 0,
  waiting: 0,
  refused: 0,
  stuck: 0,
  clusters: 0,
  failed: 0,
  isFinished: true,
}

const sum = (one: RecoverySummary, other: RecoverySummary): RecoverySummary => ({
  rows: one.rows + other.rows,
  done: one.done + other.done,
  waiting: one.waiting + other.waiting,
  refused: one.refused + other.refused,
  stuck: one.stuck + other.stuck,
  clusters: one.clusters + other.clusters,
  failed: one.failed + other.failed,
  isFinished: one.isFinished && other.isFinished,
})

const countFailed = (results: ReadonlyArray<E.Either<WorkFailure, unknown>>): number =>
  results.filter((result) => E.isLeft(result) && result.left.code !== 'FENCE_LOST').length

/** A row that somebody else decided about meanwhile is in other hands: as far as this run can tell, it waits. */
const resultOf = (result: RowOutcome): RowResult | 'failed' => {
  if (E.isRight(result)) return result.right
  return result.left.code === 'FENCE_LOST' ? 'waiting' : 'failed'
}

const countRows = (results: ReadonlyArray<RowOutcome>): RecoverySummary => {
  const count = (wanted: RowResult | 'failed'): number => results.filter((result) => resultOf(result) === wanted).length
  return {
    ...nothing,
    rows: results.length,
    done: count('done'),
    waiting: count('waiting'),
    refused: count('refused'),
    stuck: count('stuck'),
    failed: count('failed'),
  }
}

const termsOf = (registry: Registry): ClaimTerms => ({
  registryId: registry.id,
  scope: registry.client.scope,
  leaseSeconds: registry.leaseSeconds,
  landingWindowSeconds: registry.client.capabilities.landingWindowSeconds,
  mayCreate: registry.enabled,
  mayRepeatUnknown: registry.client.capabilities.recoveryClass !== 'one-shot',
})

const work =
  (deps: RecoverDeps, cause: Cause, startedAt: number) =>
  ({ purpose, credential }: ClaimedWork): TE.TaskEither<WorkFailure, RowResult> => {
    const registry = deps.registries.find(credential.registryId)
    if (registry === undefined) return TE.right('waiting')
    switch (purpose) {
      case 'create':
      case 'mint':
        return deps.obtain(credential, startedAt, cause)
      case 'validate':
        return deps.validate(credential, startedAt, cause)
      case 'revoke':
        return deps.revoke(credential, startedAt, cause)
      case 'abandon':
        return deps.ledger.record(claimOf(credential), (ledger, row, now) =>
          answeringResult(decideAbandon(ledger, row, { capabilities: registry.client.capabilities, cause }, now), row),
        )
    }
  }

const workBatch = (deps: RecoverDeps, cause: Cause, registry: Registry): Batch => {
  const startedAt = deps.clock.monotonic()
  return pipe(
    deps.dueWork.claim({ terms: termsOf(registry), attemptIds: RA.makeBy(deps.batchSize, () => deps.ids.uuid()) }),
    TE.flatMap((claimed) =>
      TE.fromTask(
        pipe(
          claimed,
          RA.traverse(T.ApplicativePar)((claim) =>
            pipe(work(deps, cause, startedAt)(claim), isolateFailure(deps.logger, 'recovery of a row')),
          ),
          T.map((results) => ({ summary: countRows(results), taken: results.length })),
        ),
      ),
    ),
  )
}

const completeOne =
  (deps: RecoverDeps, cause: Cause) =>
  (clusterId: string): TE.TaskEither<WorkFailure, ReadonlyArray<RowOutcome>> => {
    const startedAt = deps.clock.monotonic()
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
            RA.traverse(T.ApplicativePar)((row) => deps.obtain(row, startedAt, cause)),
          ),
        ),
      ),
    )
  }

const enabledIds = ({ registries }: RecoverDeps): ReadonlyArray<string> =>
  registries.all.filter((registry) => registry.enabled).map((registry) => registry.id)

const completeClusters = (deps: RecoverDeps, cause: Cause): Batch =>
  pipe(
    deps.dueWork.clusters(deps.batchSize, enabledIds(deps)),
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
            return { summary: { ...rows, clusters: results.length, failed }, taken: results.length }
          }),
        ),
      ),
    ),
  )

const untilNothingIsDue = (
  deps: RecoverDeps,
  mayGoOn: IO<boolean>,
  batch: Batch,
  soFar: RecoverySummary,
): TE.TaskEither<RecoveryFailure, RecoverySummary> =>
  pipe(
    batch,
    TE.flatMap(({ summary, taken }) => {
      const total = sum(soFar, summary)
      if (summary.failed > 0 || taken < deps.batchSize) return TE.right(total)
      return mayGoOn() ? untilNothingIsDue(deps, mayGoOn, batch, total) : TE.right({ ...total, isFinished: false })
    }),
  )

const batchesOf = (deps: RecoverDeps, cause: Cause): ReadonlyArray<Batch> => [
  ...deps.registries.all.map((registry) => TE.flatten(TE.fromIO(() => workBatch(deps, cause, registry)))),
  TE.flatten(TE.fromIO(() => completeClusters(deps, cause))),
]

/** Registries are recovered side by side: one whose vendor hangs keeps the others waiting for one batch at most. */
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
