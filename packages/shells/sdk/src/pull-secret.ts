/** One entry of a Docker auth config: base64 of `username:token`, a live credential. */
export interface AuthEntry {
  readonly auth: string
  readonly email?: string
}

/** A Docker auth config as Kubernetes stores it under `.dockerconfigjson`. Contains live tokens: never log it. */
export interface PullSecretDocument {
  readonly auths: Readonly<Record<string, AuthEntry>>
}

/**
 * The state of one registry of a cluster. `pending`: in progress. `failing`: the last attempt failed and will be
 * retried.
 */
export interface RegistryStatus {
  readonly registryId: string
  /** A required registry that is not `active` makes `generate` reject. */
  readonly required: boolean
  readonly status: 'active' | 'pending' | 'failing'
  readonly problem?: string
}

/** A credential in the document, without its token. */
export interface CredentialSummary {
  readonly registryId: string
  readonly username: string
  /** Increases with each rotation. */
  readonly generation: number
  readonly createdAt: Date
  /** When it expires at the registry; absent for a credential that does not expire. */
  readonly expiresAt?: Date
}

/** A rotation in brief. */
export interface RotationSummary {
  readonly rotationId: string
  readonly status: string
  readonly phase: string
}

/**
 * The current pull secret of a cluster.
 *
 * `document`, `dockerConfigJson` and `fingerprintKey` are plain text, because you are going to write them somewhere.
 * Printing this object prints live tokens.
 */
export interface PullSecret {
  readonly clusterId: string
  readonly document: PullSecretDocument
  /** The exact text of the document, ready for a Secret: the same revision is always the same text. */
  readonly dockerConfigJson: string
  /** The same bytes in base64, as `data` of a Secret holds them. */
  readonly dockerConfigJsonBase64: string
  /** HMAC-SHA-256 of the document under `fingerprintKey`, in hexadecimal. Changes exactly when the document does. */
  readonly fingerprint: string
  /** The key of this cluster, for {@link fingerprint}. */
  readonly fingerprintKey: string
  /** When the cluster got its first document. */
  readonly createdAt: Date
  /** When the first credential of the document expires; absent when none does. */
  readonly expiresAt?: Date
  /** When to fetch a newer document; absent when this one does not expire. */
  readonly refreshAfter?: Date
  /** When credentials of the document were last replaced; absent where they never were. */
  readonly lastRotatedAt?: Date
  /** The rotation that is under way, if any. */
  readonly rotation?: RotationSummary
  readonly registries: ReadonlyArray<RegistryStatus>
  readonly credentials: ReadonlyArray<CredentialSummary>
  /** The incarnation of the cluster, from 1. Set by `get` and `watch`, not by `generate`. */
  readonly incarnation?: number
  /** The entity tag of the answer. Set by `get` and `watch` of a remote service. */
  readonly etag?: string
}
