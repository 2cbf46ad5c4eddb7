import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LedgerFailure } from '../ledger/credential-ledger.ts'
import type { RefusalEvent } from './refusals.ts'

/**
 * Keeps records of refused requests, in a chain of their own and dated by the ledger's clock. It waits for no cluster
 * and keeps none waiting.
 */
export interface RefusalLog {
  /** Appends all of them or none. At most 2,000 at once. */
  readonly append: (events: ReadonlyArray<RefusalEvent>) => TaskEither<LedgerFailure, void>
}
