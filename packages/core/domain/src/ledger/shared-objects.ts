import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'

export interface SharedObjectLease {
  readonly registryId: string
  readonly attemptId: string
  readonly fence: number
}

/** Whether anything may have been written under a lease, or nothing was and nothing will be. */
export type LeaseUse = 'maybe-written' | 'nothing-written'

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
  /**
   * Ends a lease early. Ending one that is no longer held changes nothing. Where nothing was written, the next holder
   * gets the same fence: failing attempts never count a ledger up to an object that was written by a later state of it.
   */
  readonly release: (
    lease: SharedObjectLease,
    /** Default: `maybe-written`. */
    use?: LeaseUse,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, void>
  /**
   * From now on every lease has a higher fence than this; no fence is ever lowered.
   * `SHARED_OBJECT_BUSY`: a holder's time has not ended.
   */
  readonly passFence: (
    registryId: string,
    fence: number,
  ) => TaskEither<Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>, void>
}
