import type { AuditRecord, CredentialLedger, DeploymentRegister, DueWork, LedgerReads, SharedObjects } from '@pull-secret/domain'

export interface StoredAudit {
  readonly sequence: number
  readonly hash: string
  readonly record: AuditRecord
}

export type CommitFate = 'kept' | 'undone'

/** One empty ledger under test. */
export interface LedgerSubject {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly dueWork: DueWork
  readonly sharedObjects: SharedObjects
  readonly register: DeploymentRegister
  /** The chain of a cluster, in order. */
  readonly audit: (clusterId: string) => Promise<ReadonlyArray<StoredAudit>>
  /** Nobody acknowledges the next commit of a change: it is written all the same (`kept`), or never happens (`undone`). */
  readonly loseNextCommit: (fate: CommitFate) => void
  /** Tears the ledger down; rejects if anything is left behind: a connection in use, an open transaction, a lock, a shared object that somebody holds. */
  readonly close: () => Promise<void>
}

export type OpenLedger = () => Promise<LedgerSubject>
