import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Credential } from '../credentials/credential.ts'
import type { Failure } from '../errors.ts'
import type { ClusterLedger } from './cluster-ledger.ts'

/** What one read shows of a cluster. */
export type ClusterView = Pick<ClusterLedger, 'clusterId' | 'cluster' | 'credentials'>

/** Reads that decide nothing. */
export interface LedgerReads {
  /** The cluster and its rows that are not revoked, in one statement, as last committed. */
  readonly cluster: (clusterId: string) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ClusterView>
  /** The rows that a shared vendor object must hold: attempted, and neither revoking nor revoked; ordered by vendor name. */
  readonly sharedObjectRows: (registryId: string) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<Credential>>
  /** Answers if the ledger can be read and written to now. */
  readonly ping: TaskEither<Failure<'LEDGER_UNAVAILABLE'>, void>
}
