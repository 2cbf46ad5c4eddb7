import type {
  AuditChains,
  ChainedRecord,
  CredentialLedger,
  DeploymentRegister,
  DueWork,
  FleetReads,
  LedgerReads,
  RefusalLog,
  ReplicaRegister,
  SharedObjects,
} from '@pull-secret/domain'

export type StoredAudit = ChainedRecord

/**
 * What becomes of a commit that nobody acknowledges: it happens all the same, it never happens, or it happens when it
 * is let land.
 */
export type CommitFate = 'kept' | 'undone' | 'late'

/** One empty ledger under test. */
export interface LedgerSubject {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly fleet: FleetReads
  readonly dueWork: DueWork
  readonly sharedObjects: SharedObjects
  readonly register: DeploymentRegister
  readonly replicas: ReplicaRegister
  readonly auditChains: AuditChains
  readonly refusals: RefusalLog
  /** A chain, such as a cluster's, in order. */
  readonly audit: (chain: string) => Promise<ReadonlyArray<StoredAudit>>
  /**
   * Nobody acknowledges the next commit of a change, a recording, a claim, refused requests, or a taking or a release
   * of a shared object.
   */
  readonly loseNextCommit: (fate: CommitFate) => void
  /** Lets every commit that is late reach the ledger now, and waits until it has. */
  readonly landLate: () => Promise<void>
  /**
   * Tears the ledger down; rejects if anything is left behind: a connection in use, an open transaction, a lock, a
   * shared object that somebody holds.
   */
  readonly close: () => Promise<void>
}

export type OpenLedger = () => Promise<LedgerSubject>
