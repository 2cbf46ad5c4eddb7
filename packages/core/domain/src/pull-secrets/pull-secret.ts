import type { Instant } from '../platform/instant.ts'
import type { SecretText } from '../platform/secret-text.ts'
import type { PullSecretDocument } from './document.ts'
import type { RegistryStatus } from './registry-status.ts'

/** What is told of a credential beside the document. */
export interface CredentialSummary {
  readonly registryId: string
  readonly username: string
  readonly generation: number
  readonly createdAt: Instant
  readonly expiresAt?: Instant
}

/** A cluster's pull secret as it is served. `document` and `text` hold live tokens. */
export interface PullSecret {
  readonly clusterId: string
  readonly incarnation: number
  readonly document: PullSecretDocument
  /** The document's exact bytes. */
  readonly text: string
  readonly fingerprint: string
  readonly fingerprintKey: SecretText
  readonly createdAt: Instant
  /** When the first credential of the document ends at its vendor. */
  readonly expiresAt?: Instant
  /** When a newer document should be fetched. */
  readonly refreshAfter?: Instant
  readonly registries: ReadonlyArray<RegistryStatus>
  readonly credentials: ReadonlyArray<CredentialSummary>
}
