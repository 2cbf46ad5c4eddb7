import type { AuditRecord } from '@pull-secret/domain'
import type { DocumentEntry } from '../stage/pull-secret-answer.ts'

/** `recreate`: a generate that asks for a deleted cluster to live again. */
export type CallKind = 'generate' | 'recreate' | 'get' | 'verify' | 'delete'

/** One request as its caller saw it. Moments are counted, not measured: of two, the later has the higher number. */
export interface CallRecord {
  readonly clusterId: string
  readonly kind: CallKind
  readonly begun: number
  /** When the answer was there; absent where none came. */
  readonly ended?: number
  readonly status?: number
  /** The entries of the document that the caller was given; empty where it was given none. */
  readonly handed: ReadonlyArray<DocumentEntry>
}

export type CredentialState = 'intended' | 'ready' | 'active' | 'retiring' | 'revoking' | 'revoked'

/** A row of the ledger. */
export interface CredentialFact {
  readonly id: string
  readonly clusterId: string
  readonly registryId: string
  readonly incarnation: number
  readonly state: CredentialState
  readonly vendorName: string
  readonly problem?: string
}

export interface ClusterFact {
  readonly id: string
  readonly state: 'live' | 'deleting' | 'deleted'
  readonly isPublished: boolean
}

/** A stored audit record with its place in its chain. */
export interface AuditFact {
  readonly record: AuditRecord
  readonly chain: string
  readonly sequence: number
  readonly hash: string
}

export interface ChainFact {
  readonly chain: string
  readonly count: number
  readonly head: string
}

/** An object at a vendor that carries this deployment's marker; controls are left out. */
export interface SeenVendorObject {
  readonly registryId: string
  readonly vendorName: string
  readonly credentialId: string
}

/**
 * What the lane found out, from the vendors', the callers' and the database's side. Nothing in it decides; the
 * invariants do.
 */
export interface Facts {
  readonly calls: ReadonlyArray<CallRecord>
  readonly credentials: ReadonlyArray<CredentialFact>
  readonly clusters: ReadonlyArray<ClusterFact>
  readonly registryIds: ReadonlyArray<string>
  readonly audit: ReadonlyArray<AuditFact>
  readonly chains: ReadonlyArray<ChainFact>
  readonly objects: ReadonlyArray<SeenVendorObject>
  /** Objects of others at the vendors that are no longer as they were. */
  readonly touchedStrangers: ReadonlyArray<string>
  /** Whether the vendor lets in whoever shows this entry, for every entry ever handed out. */
  readonly isAccepted: (entry: DocumentEntry) => boolean
  /** The row that an entry is of. */
  readonly rowOf: (entry: DocumentEntry) => CredentialFact | undefined
  /** Places where a secret was found, each in words that do not repeat it. */
  readonly leaks: ReadonlyArray<string>
  /** Whether the search for leaks found a text that was put into the database's log on purpose. */
  readonly isSearchProved: boolean
  /** Pairs of rows seen at some moment that must not exist side by side. */
  readonly doubleRows: ReadonlyArray<string>
}

/** What breaks an invariant, one sentence each; none: it holds. */
export interface Invariant {
  readonly name: string
  readonly broken: (facts: Facts) => ReadonlyArray<string>
}
