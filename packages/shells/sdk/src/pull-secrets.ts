import type { PullSecret } from './pull-secret.ts'

/** What every call takes. */
export interface CallOptions {
  /**
   * Ends the waiting: the call rejects with the signal's reason. What the service has begun goes on, and nothing is
   * lost: every call may be repeated.
   */
  readonly signal?: AbortSignal
}

export interface GenerateOptions extends CallOptions {
  /** The id that another system knows the cluster by; 1 to 64 printable characters. */
  readonly externalId?: string
  /** Names the credentials, as `gcp` or `aws` do; a deployment knows a set of its own. Absent: neutral names. */
  readonly cloudProvider?: string
  /** Names the credentials, as `us-east1` does. */
  readonly region?: string
  /** Ids of the registries wanted; absent: every enabled one. Registries are added to a cluster, never taken away. */
  readonly registries?: ReadonlyArray<string>
  /**
   * The deleted incarnation that is to live again: `details.incarnation` of `CLUSTER_DELETED`. Without it a deleted
   * cluster stays deleted; where a later life goes on, a `CONFLICT`.
   */
  readonly recreate?: number
}

export interface DeleteOptions extends CallOptions {
  /**
   * Delete only this incarnation; any other is a `CONFLICT`. Name it where the cluster may be made to live again while
   * this call is repeated.
   */
  readonly incarnation?: number
}

export interface WatchOptions extends CallOptions {
  /** How often to look, in seconds; 60 where not said. */
  readonly everySeconds?: number
}

/** How far the revocation at one registry is. `settling`: deleted, to be proved at `settlingUntil`. */
export interface Revocation {
  readonly status: 'revoked' | 'revoking' | 'settling'
  readonly settlingUntil?: Date
  readonly problem?: string
  /** True when only a person can help. */
  readonly stuck: boolean
}

/**
 * `deleted` only when every credential is proved gone. `deleting`: the service goes on; delete again to see how far it
 * is.
 */
export type Deletion =
  | { readonly status: 'deleted' }
  | { readonly status: 'deleting'; readonly registries: Readonly<Record<string, Revocation>> }

/** What you believe that the cluster holds: the fingerprint of its whole document, one for each host, or both. */
export interface HeldFingerprints {
  readonly fingerprint?: string
  /** For each host the fingerprint of a document that holds this host's entry alone. */
  readonly hosts?: Readonly<Record<string, string>>
}

export interface Verification {
  readonly matches: boolean
  /** One verdict for each host that was asked for or is served; empty unless `hosts` was given. */
  readonly hosts: Readonly<Record<string, 'match' | 'differs' | 'missing' | 'unexpected'>>
}

/**
 * Pull secrets of clusters, from a service elsewhere ({@link connect}) or in this process ({@link embed}).
 *
 * Every call may be repeated and run at once from anywhere. Each rejects with a {@link PullSecretError}; switch on its
 * `code`. Any call may meet `INVALID_REQUEST` (a cluster id is 1 to 64 printable characters without spaces),
 * `SERVICE_UNAVAILABLE`, `INTERNAL_ERROR` and, after `close`, `CLOSED`; a connected service also `UNAUTHORIZED`,
 * `FORBIDDEN`, `RATE_LIMIT_EXCEEDED`, `CONNECTION_FAILED`, `TIMED_OUT` and `UNEXPECTED_ANSWER`. What else a call may
 * meet stands at the call.
 */
export interface PullSecrets {
  /**
   * Gives a cluster its pull secret, creating credentials at registries that it lacks; one that has everything keeps
   * what it has. Takes up to 8 s when registries are slow.
   *
   * @throws PullSecretError `SERVICE_UNAVAILABLE` or `UPSTREAM_TIMEOUT` when a required registry is not ready: the
   * service goes on, ask again; `CLUSTER_DELETING`, `CLUSTER_DELETED` and `CONFLICT` (see `recreate`),
   * `CLUSTER_BANNED`, `ROTATION_IN_PROGRESS`
   */
  readonly generate: (clusterId: string, options?: GenerateOptions) => Promise<PullSecret>
  /**
   * The pull secret that the cluster has now. Creates nothing.
   *
   * @throws PullSecretError `NOT_FOUND` when the cluster has none
   */
  readonly get: (clusterId: string, options?: CallOptions) => Promise<PullSecret>
  /**
   * Revokes everything that the cluster has, at every registry. Takes up to 8 s; a cluster that nobody knows is
   * `deleted`.
   *
   * @throws PullSecretError `CONFLICT` when the cluster has another incarnation than the one asked for
   */
  readonly delete: (clusterId: string, options?: DeleteOptions) => Promise<Deletion>
  /**
   * Whether what a cluster holds is what is served, told by fingerprints alone: no token travels.
   *
   * @throws PullSecretError `NOT_FOUND` when the cluster has no pull secret
   */
  readonly verify: (clusterId: string, held: HeldFingerprints, options?: CallOptions) => Promise<Verification>
  /**
   * Yields the pull secret that the cluster has, and again each time its document has changed. Ends with `signal` or
   * `close`; looks again later after a failure that passes, and throws any other, `NOT_FOUND` among them.
   */
  readonly watch: (clusterId: string, options?: WatchOptions) => AsyncIterable<PullSecret>
  /** Ends watches, rejects what is under way with `CLOSED`, and frees sockets, timers and the database. */
  readonly close: () => Promise<void>
}
