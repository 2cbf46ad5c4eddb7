/** One entry of a Docker auth config: base64 of `username:token`, a live credential. */
export interface AuthEntry {
  readonly auth: string
  readonly email?: string
}

/** A Docker auth config as Kubernetes stores it under `.dockerconfigjson`. Holds live tokens: never log it. */
export interface PullSecretDocument {
  readonly auths: Readonly<Record<string, AuthEntry>>
}

/**
 * How one registry of a cluster stands. `pending`: the service is at work; `failing`: the last attempt did not succeed
 * and will be repeated.
 */
export interface RegistryStatus {
  readonly registryId: string
  /** A required registry that is not `active` makes `generate` reject. */
  readonly required: boolean
  readonly status: 'active' | 'pending' | 'failing'
  readonly problem?: string
}

/** A credential that the document holds, without its token. */
export interface CredentialSummary {
  readonly registryId: string
  readonly username: string
  /** Counts up with each rotation. */
  readonly generation: number
  readonly createdAt: Date
  /** When the registry ends it; absent for a credential without an end. */
  readonly expiresAt?: Date
}

/**
 * A cluster's pull secret as it is served now.
 *
 * `document`, `dockerConfigJson` and `fingerprintKey` are plain text, because you are going to write them somewhere.
 * Printing this object prints live tokens.
 */
export interface PullSecret {
  readonly clusterId: string
  readonly document: PullSecretDocument
  /** The document's exact bytes, ready for a Secret: the same revision is always the same text. */
  readonly dockerConfigJson: string
  /** HMAC-SHA-256 of the document under `fingerprintKey`, in hexadecimal. Changes exactly when the document does. */
  readonly fingerprint: string
  /** The cluster's own key, for {@link fingerprint}. */
  readonly fingerprintKey: string
  /** When the cluster was first served a document. */
  readonly createdAt: Date
  /** When the first credential of the document ends; absent when none does. */
  readonly expiresAt?: Date
  /** When a newer document should be fetched; absent when this one does not age. */
  readonly refreshAfter?: Date
  readonly registries: ReadonlyArray<RegistryStatus>
  readonly credentials: ReadonlyArray<CredentialSummary>
  /** Which life of the cluster this is, from 1. Told by `get` and `watch`, not by `generate`. */
  readonly incarnation?: number
  /** The revision as HTTP names it; told by `get` and `watch` of a connected service. */
  readonly etag?: string
}
