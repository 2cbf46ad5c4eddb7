import type { PullSecret } from './pull-secret.ts'

/** Options of every call. */
export interface CallOptions {
  /**
   * Stops waiting: the call rejects with the signal's reason. The service finishes what it has begun, and the call may
   * be repeated.
   */
  readonly signal?: AbortSignal
}

export interface GenerateOptions extends CallOptions {
  /** The id of the cluster in another system; 1 to 64 printable characters. */
  readonly externalId?: string
  /** Part of the names of credentials, such as `gcp` or `aws`. A deployment accepts a set of its own. */
  readonly cloudProvider?: string
  /** Part of the names of credentials, such as `us-east1`. */
  readonly region?: string
  /** Ids of the registries. Default: every enabled one. Registries are added to a cluster, never removed. */
  readonly registries?: ReadonlyArray<string>
  /**
   * The deleted incarnation to recreate: `details.incarnation` of `CLUSTER_DELETED`. Without it a deleted cluster stays
   * deleted. Rejects with `CONFLICT` if a later incarnation exists.
   */
  readonly recreate?: number
}

export interface DeleteOptions extends CallOptions {
  /**
   * Delete only this incarnation; any other is a `CONFLICT`. Set it if somebody may recreate the cluster while you
   * repeat this call.
   */
  readonly incarnation?: number
}

export interface WatchOptions extends CallOptions {
  /** How often to poll, in seconds, from 1 to 86,400. Default: 60. `watch` throws `INVALID_REQUEST` for another. */
  readonly everySeconds?: number
}

/** The revocation at one registry. `settling`: deleted; the proof follows at `settlingUntil`. */
export interface Revocation {
  readonly status: 'revoked' | 'revoking' | 'settling'
  readonly settlingUntil?: Date
  readonly problem?: string
  /** True when an operator has to act. */
  readonly stuck: boolean
}

/**
 * `deleted`: every credential is proved revoked. `deleting`: in progress, the service continues; delete again to see
 * the state.
 */
export type DeletionResult =
  | { readonly status: 'deleted' }
  | {
      readonly status: 'deleting'
      /** Which life of the cluster is being deleted. Pass it when you delete again. */
      readonly incarnation: number
      readonly registries: Readonly<Record<string, Revocation>>
    }

/** What the cluster holds: the fingerprint of its whole document, one for each host, or both. */
export interface HeldFingerprints {
  readonly fingerprint?: string
  /** For each host the fingerprint of a document with this host's entry alone. */
  readonly hosts?: Readonly<Record<string, string>>
}

export interface Verification {
  readonly matches: boolean
  /** One result for each host in `hosts` or in the current document; empty unless `hosts` was given. */
  readonly hosts: Readonly<Record<string, 'match' | 'differs' | 'missing' | 'unexpected'>>
}

/**
 * Pull secrets of clusters, from a remote service ({@link connect}) or inside this process ({@link embed}).
 *
 * Every call is idempotent and may run concurrently. Each rejects with a {@link PullSecretError}, or with the reason
 * of its `signal` once that has aborted; switch on `code`. Any call may reject with `INVALID_REQUEST` (a cluster id is
 * 1 to 64 printable characters without spaces; an unknown option is refused), `SERVICE_UNAVAILABLE`, `INTERNAL_ERROR`
 * and, after `close`, `CLOSED`; a remote service also `UNAUTHORIZED`, `FORBIDDEN`, `RATE_LIMIT_EXCEEDED`,
 * `CONNECTION_FAILED`, `TIMED_OUT` and `UNEXPECTED_ANSWER`. Further codes are listed with each call.
 */
export interface PullSecrets {
  /**
   * Returns the pull secret of a cluster and creates its missing credentials first; existing ones are kept. Takes up to
   * 8 s when registries are slow.
   *
   * @throws PullSecretError `SERVICE_UNAVAILABLE` or `UPSTREAM_TIMEOUT` when a required registry is not ready: the
   * service continues, retry later; `CLUSTER_DELETING`, `CLUSTER_DELETED` and `CONFLICT` (see `recreate`),
   * `CLUSTER_BANNED`, `ROTATION_IN_PROGRESS`
   */
  readonly generate: (clusterId: string, options?: GenerateOptions) => Promise<PullSecret>
  /**
   * The current pull secret of the cluster. Creates nothing.
   *
   * @throws PullSecretError `NOT_FOUND` when the cluster has none, `CLUSTER_BANNED`
   */
  readonly get: (clusterId: string, options?: CallOptions) => Promise<PullSecret>
  /**
   * Revokes every credential of the cluster at every registry. Takes up to 8 s. An unknown cluster is `deleted`.
   *
   * @throws PullSecretError `CONFLICT` when the cluster has another incarnation than the one asked for
   */
  readonly delete: (clusterId: string, options?: DeleteOptions) => Promise<DeletionResult>
  /**
   * Whether the cluster holds its current pull secret, compared by fingerprints: no token is sent.
   *
   * @throws PullSecretError `NOT_FOUND` when the cluster has no pull secret, `CLUSTER_BANNED`
   */
  readonly verify: (clusterId: string, held: HeldFingerprints, options?: CallOptions) => Promise<Verification>
  /**
   * Yields the current pull secret of the cluster, and again each time its document has changed. Ends with `signal` or
   * `close`. Polls on after a retryable error, no sooner than `retryAfterSeconds` says, and throws any other, such as
   * `NOT_FOUND`, or `CLUSTER_BANNED`: begin anew once the ban is lifted.
   */
  readonly watch: (clusterId: string, options?: WatchOptions) => AsyncIterable<PullSecret>
  /** Ends watches, rejects calls in progress with `CLOSED`, and frees sockets, timers and the database. */
  readonly close: () => Promise<void>
}
