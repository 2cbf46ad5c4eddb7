import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'

export interface SharedObjectLease {
  readonly registryId: string
  readonly attemptId: string
  readonly fence: number
}

/** Leases on vendor objects that hold the credentials of many rows: one writer at a time, each with a higher fence. */
export interface SharedObjects {
  /**
   * For so long nobody else gets the object, unless it is released before; a holder stops sending long before, so
   * that what it sent has landed by then.
   * `SHARED_OBJECT_BUSY`: another holder's time has not ended.
   */
  readonly take: (
    registryId: string,
    attemptId: string,
    heldSeconds: number,
  ) => TaskEither<Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>, SharedObjectLease>
  /** Ends a lease early. Ending one that is no longer held changes nothing. */
  readonly release: (lease: SharedObjectLease) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, void>
}
