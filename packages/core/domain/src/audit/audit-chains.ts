import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'
import type { AuditRecord } from './audit-record.ts'

/** What stands beside a chain about its records. */
export interface ChainHead {
  readonly count: number
  /** The hash of the newest record. */
  readonly hash: string
}

export interface AuditChain {
  readonly chain: string
  /** Absent: there are records, and nothing beside them. */
  readonly head: ChainHead | undefined
}

/** One stored record of a chain. */
export interface ChainedRecord {
  readonly sequence: number
  readonly hash: string
  readonly record: AuditRecord
}

/** Reads the audit as it is stored, page by page, in whatever state it is. Changes nothing. */
export interface AuditChains {
  /**
   * The next `limit` chains that have a head or a record, each once, in an order of the adapter's; from the beginning
   * where `after` is absent.
   */
  readonly chains: (
    after: string | undefined,
    limit: number,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<AuditChain>>
  /** The next `limit` records of a chain by their sequence; from the lowest one where `afterSequence` is absent. */
  readonly records: (
    chain: string,
    afterSequence: number | undefined,
    limit: number,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<ChainedRecord>>
}
