import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'

export interface SharedObjectLease {
  readonly registryId: string
  readonly attemptId: string
  readonly fence: number
}

/** Leases on vendor objects that hold the credentials of many rows: one writer at a time, each with a higher fence. */
export interface SharedObjects {
  /** `SHARED_OBJECT_BUSY`: another holder's lease has not ended. */
  readonly take: (registryId: string, attemptId: string, leaseSeconds: number) => TaskEither<Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>, SharedObjectLease>
  /** Ends a lease early. Ending one that is no longer held changes nothing. */
  readonly release: (lease: SharedObjectLease) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, void>
}
