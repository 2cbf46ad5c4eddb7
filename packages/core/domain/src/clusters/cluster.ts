import type { SealedText } from '../platform/cipher.ts'
import type { Instant } from '../platform/instant.ts'

export type ClusterState = 'live' | 'deleting' | 'deleted'

/** What the ledger knows of a cluster id. An id it never heard of is absent: it has no such record. */
export interface Cluster {
  readonly id: string
  /** Rises by one at every write. */
  readonly version: number
  readonly state: ClusterState
  /** Counts the lives of this id, from 1. */
  readonly incarnation: number
  readonly externalId?: string
  readonly cloudProvider?: string
  readonly region?: string
  /** A request that named no registries wants every enabled one, also those enabled later. */
  readonly wantsAllRegistries: boolean
  readonly wantedRegistries: ReadonlyArray<string>
  /** Keys the document's fingerprint; survives every rotation. */
  readonly sealedFingerprintKey?: SealedText
  readonly publishedAt?: Instant
  /** Registries that this life's document has had an entry of. */
  readonly servedRegistries: ReadonlyArray<string>
  /** The newest epoch of enabled registries that somebody who knew them all has looked at the cluster in. */
  readonly epoch: number
  /** Since a ban took everything from it, until the next request for a pull secret; nothing is completed meanwhile. */
  readonly dormantSince?: Instant
  /** When the service next has to complete the cluster's registries. */
  readonly nextAttemptAt?: Instant
  readonly createdAt: Instant
  readonly createdBy: string
}

export const fingerprintKeyAssociatedData = (clusterId: string): string => `${clusterId}|fingerprint-key`

/** Whether nobody may be able to pull with what the cluster had: it was asked to be deleted, or banned. */
export const isWithdrawn = ({ state, dormantSince }: Pick<Cluster, 'state' | 'dormantSince'>): boolean =>
  state !== 'live' || dormantSince !== undefined
