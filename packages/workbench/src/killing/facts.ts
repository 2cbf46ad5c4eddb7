import type { AuditRecord } from '@pull-secret/domain'
import type { DocumentEntry } from '../stage/pull-secret-answer.ts'

/** `recreate`: a generate that asks for a deleted cluster to live again. */
export type CallKind = 'generate' | 'recreate' | 'get' | 'verify' | 'delete'

/** One request as its caller saw it. Moments are counted, not measured: of two, the later has the higher number. */
export type CallRecord = {
  readonly clusterId: string
  readonly kind: CallKind
  readonly begun: number
  /** When the answer was there; absent where none came. */
  readonly ended?: number
  readonly status?: number
  /** The entries of the document that the caller was given; empty where it was given none. */
  readonly handed: readonly DocumentEntry[]
}

export type CredentialState = 'intended' | 'ready' | 'active' | 'retiring' | 'revoking' | 'revoked'

/** A row of the ledger. */
export type CredentialFact = {
  readonly id: string
  readonly clusterId: string
  readonly registryId: string
  readonly incarnation: number
  readonly state: CredentialState
  readonly vendorName: string
  readonly problem?: string
}

export type ClusterFact = {
  readonly id: string
  readonly state: 'live' | 'deleting' | 'deleted'
  readonly isPublished: boolean
}

/** A stored audit record with its place in its chain. */
export type AuditFact = {
  readonly record: AuditRecord
  readonly chain: string
  readonly sequence: number
  readonly hash: string
}

export type ChainFact = { readonly chain: string; readonly count: number; readonly head: string }

/** An object at a vendor that carries this deployment's marker; controls are left out. */
export type VendorObject = { readonly registryId: string; readonly vendorName: string; readonly credentialId: string }

/**
 * What the lane found out, from the vendors', the callers' and the database's side. Nothing in it decides; the
 * invariants do.
 */
export type Facts = {
  readonly calls: readonly CallRecord[]
  readonly credentials: readonly CredentialFact[]
  readonly clusters: readonly ClusterFact[]
  readonly registryIds: readonly string[]
  readonly audit: readonly AuditFact[]
  readonly chains: readonly ChainFact[]
  readonly objects: readonly VendorObject[]
  /** Objects of others at the vendors that are no longer as they were. */
  readonly touchedStrangers: readonly string[]
  /** Whether the vendor lets in whoever shows this entry, for every entry ever handed out. */
  readonly isAccepted: (entry: DocumentEntry) => boolean
  /** The row that an entry is of. */
  readonly rowOf: (entry: DocumentEntry) => CredentialFact | undefined
  /** Places where a secret was found, each in words that do not repeat it. */
  readonly leaks: readonly string[]
  /** Whether the search for leaks found a text that was put into the database's log on purpose. */
  readonly isSearchProved: boolean
  /** Pairs of rows seen at some moment that must not exist side by side. */
  readonly doubleRows: readonly string[]
}

/** What breaks an invariant, one sentence each; none: it holds. */
export type Invariant = { readonly name: string; readonly broken: (facts: Facts) => readonly string[] }
