import type { AuditRecord, CredentialLedger, DeploymentRegister, DueWork, LedgerReads, SharedObjects } from '@pull-secret/domain'

export interface StoredAudit {
  readonly sequence: number
  readonly hash: string
  readonly record: AuditRecord
}

/** One empty ledger under test. */
export interface LedgerSubject {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly dueWork: DueWork
  readonly sharedObjects: SharedObjects
  readonly register: DeploymentRegister
  /** The chain of a cluster, in order. */
  readonly audit: (clusterId: string) => Promise<ReadonlyArray<StoredAudit>>
  /** Tears the ledger down; rejects if anything is left behind, such as a connection in use. */
  readonly close: () => Promise<void>
}

export type OpenLedger = () => Promise<LedgerSubject>
