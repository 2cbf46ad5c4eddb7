import type { AuditAction } from '@pull-secret/domain'
import type { CallOptions, Revocation } from './pull-secrets.ts'

export type { AuditAction }

/** Options of every list. `signal` ends it: the iteration rejects with the signal's reason. */
export interface ListOptions extends CallOptions {
  /** How many items to fetch at once, from 1 to 100. Default: 50. */
  readonly limit?: number
}

/** Which clusters to list; those that fit every filter. */
export interface ClustersFilter extends ListOptions {
  readonly state?: ClusterState
  readonly cloudProvider?: string
  readonly region?: string
  /** Those with a credential at this registry that is not revoked. */
  readonly registryId?: string
  /** Those with a credential that is not revoked and was created before. */
  readonly createdBefore?: Date
}

/** Which records of the audit to list; those that fit every filter. */
export interface AuditFilter extends ListOptions {
  readonly clusterId?: string
  /** Who asked for it, such as `system:serviceaccount:hyperfleet-system:gcp-adapter`. */
  readonly subject?: string
  readonly action?: AuditAction
  /** Records from then on. */
  readonly from?: Date
  /** Records before then. */
  readonly until?: Date
}

/** `live`: it has, or gets, a pull secret. `deleting`: it loses it. `deleted`: every credential is proved revoked. */
export type ClusterState = 'live' | 'deleting' | 'deleted'

/** A credential of a listed cluster that is not revoked, without its token. */
export interface ListedCredential {
  readonly registryId: string
  /** `intended`, `ready`, `active`, `retiring` or `revoking`; a later service may know more. */
  readonly state: string
  /** How many credentials the cluster has had at this registry, this one included. */
  readonly generation: number
  /** When its work began. */
  readonly createdAt: Date
  /** Why the last attempt at the registry failed, in one word such as `timeout`. */
  readonly problem?: string
  /** Since when its revocation is not proved, though tried again and again. */
  readonly stuckSince?: Date
}

/** A cluster as lists show it. */
export interface ListedCluster {
  readonly clusterId: string
  readonly state: ClusterState
  /** Which life of the cluster id it is, from 1. */
  readonly incarnation: number
  readonly externalId?: string
  readonly cloudProvider?: string
  readonly region?: string
  /** When the first request came. */
  readonly createdAt: Date
  /** When it first had a pull secret; absent where it never had one. */
  readonly publishedAt?: Date
  /** When the oldest of its credentials was begun; absent where every one is revoked. */
  readonly oldestCredentialAt?: Date
  /** Why it gets no pull secret until the ban is lifted; absent where it is not banned. */
  readonly ban?: Required<Pick<Ban, 'reason' | 'bannedBy' | 'bannedAt'>>
  readonly credentials: ReadonlyArray<ListedCredential>
}

/** Work at a registry that is refused, or tried again and again in vain, and credentials in use that are refused. */
export interface StuckCredential {
  readonly credentialId: string
  readonly clusterId: string
  readonly registryId: string
  /** The name of its object at the registry. */
  readonly vendorName: string
  /** What the service tries to do. `validate`: the registry refuses a credential that is in use. */
  readonly work: 'create' | 'mint' | 'validate' | 'revoke'
  /** Since when it is stuck, or a create was begun; absent for a revocation that is not stuck yet. */
  readonly since?: Date
  /** How often it was tried. */
  readonly attempts: number
  /** When the service tries again by itself; absent where it does not. */
  readonly nextAttemptAt?: Date
  /** Why it fails, in one word such as `timeout`. */
  readonly problem?: string
  /** What somebody can do about it, for people. */
  readonly nextStep: string
}

/** One record of the audit. */
export interface AuditRecord {
  readonly id: string
  readonly at: Date
  /** `change`: the ledger changed. `event`: something else happened. */
  readonly kind: 'change' | 'event'
  /** An {@link AuditAction}; a later service may know more. */
  readonly action: string
  readonly outcome: 'success' | 'failure' | 'unknown'
  /** Absent for refused requests, which concern a caller. */
  readonly clusterId?: string
  readonly credentialId?: string
  readonly registryId?: string
  /** Who asked for it. */
  readonly subject: string
  readonly reason: string
  /** Finds the request in the log of the service. */
  readonly traceId: string
  readonly metadata: Readonly<Record<string, string | number>>
}

/** A process that writes the ledger: a server, a command at the database, or a program that embeds the service. */
export interface Replica {
  readonly replicaId: string
  /** What it is, such as `pull-secret-service`. */
  readonly component: string
  /** The machine or pod that it runs on. */
  readonly host: string
  /** Its release. */
  readonly version: string
  /** The protocol by which it writes the ledger. */
  readonly ledgerProtocol: number
  /** The keys that it can decrypt with. */
  readonly keyIds: ReadonlyArray<string>
  readonly startedAt: Date
  readonly seenAt: Date
  /** Whether it has said so within the last 35 seconds. */
  readonly alive: boolean
}

/** Why a cluster is banned, for people. */
export interface BanRequest {
  /** 1 to 500 letters, digits, marks and spaces. Shown to whoever asks for the pull secret, and kept in the audit. */
  readonly reason: string
}

/** Whether a cluster is banned, and how far the revocation of what it had is. */
export interface Ban {
  readonly clusterId: string
  /** Whether nobody is given a pull secret for it. */
  readonly banned: boolean
  /** As the first who banned it said; absent where it is not banned, as the two that follow. */
  readonly reason?: string
  readonly bannedBy?: string
  readonly bannedAt?: Date
  /** Whether nothing is left to be revoked; absent where it is not banned. */
  readonly revoked?: boolean
  /** By registry id. */
  readonly registries: Readonly<Record<string, Revocation>>
}

export interface Page<Item> {
  readonly items: ReadonlyArray<Item>
  /** Leads to the next page; absent on the last. */
  readonly nextCursor?: string
}

/**
 * A list, to be iterated with `for await`: it fetches a page when the one before is used up, and begins anew with each
 * iteration. What changes meanwhile may or may not be seen, but no item comes twice and none that stays is left out.
 */
export interface Listing<Item> extends AsyncIterable<Item> {
  /**
   * One page: the first, or the one that `cursor`, the `nextCursor` of the page before, leads to.
   *
   * @throws PullSecretError `INVALID_REQUEST` for a cursor of another list
   */
  readonly page: (cursor?: string) => Promise<Page<Item>>
}

/**
 * What operators ask about the fleet, at a remote service ({@link connectOperator}) or inside this process
 * ({@link embedService}), and the bans that they impose.
 *
 * An unknown or invalid option of a list throws a {@link PullSecretError} `INVALID_REQUEST` at once. A page, and an
 * iteration when it needs one, rejects as the calls of {@link PullSecrets} do: with `INVALID_REQUEST` for a filter that
 * the service refuses, `SERVICE_UNAVAILABLE`, `INTERNAL_ERROR` and, after `close`, `CLOSED`; a remote service also with
 * `UNAUTHORIZED`, `FORBIDDEN`, `RATE_LIMIT_EXCEEDED`, `CONNECTION_FAILED`, `TIMED_OUT` and `UNEXPECTED_ANSWER`.
 */
export interface Operator {
  /** Clusters by id, deleted ones included. Permission: `list clusters`. */
  readonly clusters: (filter?: ClustersFilter) => Listing<ListedCluster>
  /**
   * One cluster as lists show it. Permission: `get clusters`.
   *
   * @throws PullSecretError `NOT_FOUND` when the service has never heard of it
   */
  readonly cluster: (clusterId: string, options?: CallOptions) => Promise<ListedCluster>
  /** Work that waits for somebody, the oldest first. Permission: `list clusters`. */
  readonly stuck: (options?: ListOptions) => Listing<StuckCredential>
  /** Records of the audit, the newest first. Permission: `list audit-log`. */
  readonly audit: (filter?: AuditFilter) => Listing<AuditRecord>
  /** The processes that write the ledger and were seen within the last hour. Permission: `list replicas`. */
  readonly replicas: (options?: CallOptions) => Promise<ReadonlyArray<Replica>>
  /**
   * Bans a cluster, be it there already or not: revokes every credential it has, which takes up to 8 s, and refuses it
   * new ones. Idempotent; a ban that stands keeps its first reason, and outlives the deletion of the cluster. What is
   * not revoked then, the service goes on with. Permission: `update pull-secrets/ban`.
   */
  readonly ban: (clusterId: string, request: BanRequest, options?: CallOptions) => Promise<Ban>
  /**
   * Lifts the ban of a cluster. Nothing resumes by itself: its next `generate` creates new credentials. Idempotent.
   * Permission: `delete pull-secrets/ban`.
   */
  readonly unban: (clusterId: string, options?: CallOptions) => Promise<Ban>
  /** Whether a cluster is banned. Permission: `get pull-secrets/ban`. */
  readonly readBan: (clusterId: string, options?: CallOptions) => Promise<Ban>
  /** Rejects calls and iterations in progress with `CLOSED`, and frees sockets, timers and the database. */
  readonly close: () => Promise<void>
}
