import { type Failure, isPublished, type LedgerReads, type PullSecret } from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type AssembleDeps, assemblePullSecret } from './pull-secret.ts'

export type RetrieveFailure = Failure<'PULL_SECRET_NOT_FOUND' | 'LEDGER_UNAVAILABLE' | 'KEY_UNAVAILABLE'>

/** The pull secret that a cluster has now. */
export type RetrievePullSecret = (clusterId: string) => TE.TaskEither<RetrieveFailure, PullSecret>

export interface RetrieveDeps extends AssembleDeps {
  readonly reads: LedgerReads
}

export const makeRetrievePullSecret =
  (deps: RetrieveDeps): RetrievePullSecret =>
  (clusterId) =>
    pipe(
      deps.reads.cluster(clusterId),
      TE.flatMap((view) =>
        isPublished(view)
          ? TE.fromEither<RetrieveFailure, PullSecret>(assemblePullSecret(deps)(view))
          : TE.left<RetrieveFailure>({ code: 'PULL_SECRET_NOT_FOUND', clusterId }),
      ),
    )
