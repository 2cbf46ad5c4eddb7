import {
  type ClusterView,
  type Failure,
  hasLostEntries,
  isPublished,
  type LedgerReads,
  notReady,
  type PullSecret,
  refusalByBan,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type AssembleDeps, assemblePullSecret } from './pull-secret.ts'

export type RetrieveFailure = Failure<
  'PULL_SECRET_NOT_FOUND' | 'CLUSTER_BANNED' | 'REGISTRIES_NOT_READY' | 'LEDGER_UNAVAILABLE' | 'KEY_UNAVAILABLE'
>

/** The pull secret that a cluster has now. */
export type RetrievePullSecret = (clusterId: string) => TE.TaskEither<RetrieveFailure, PullSecret>

export interface RetrieveDeps extends AssembleDeps {
  readonly reads: LedgerReads
}

const secretOf = (deps: AssembleDeps, view: ClusterView): E.Either<RetrieveFailure, PullSecret> => {
  const banned = refusalByBan(view)
  if (banned !== undefined) return E.left(banned)
  if (!isPublished(view)) return E.left({ code: 'PULL_SECRET_NOT_FOUND', clusterId: view.clusterId })
  const { all } = deps.registries
  return hasLostEntries(view, all)
    ? E.left(notReady(view, all, { timedOut: false, secondsUntilTurn: () => 0 }))
    : assemblePullSecret(deps)(view)
}

export const makeRetrievePullSecret =
  (deps: RetrieveDeps): RetrievePullSecret =>
  (clusterId) =>
    pipe(
      deps.reads.cluster(clusterId),
      TE.flatMap((view) => TE.fromEither(secretOf(deps, view))),
    )
