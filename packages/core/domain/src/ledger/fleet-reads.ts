import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AuditAction, AuditRecord } from '../audit/audit-record.ts'
import type { ViewedBan } from '../clusters/ban.ts'
import type { Cluster, ClusterState } from '../clusters/cluster.ts'
import type { Credential } from '../credentials/credential.ts'
import type { Failure } from '../errors.ts'
import type { Instant } from '../platform/instant.ts'
import type { RowWork } from './row-work.ts'

/** Which clusters a list shows. What is absent excludes none. */
export interface ClusterFilter {
  readonly clusterId?: string
  readonly state?: ClusterState
  readonly cloudProvider?: string
  readonly region?: string
  /** Has a credential there that is not revoked. */
  readonly registryId?: string
  /** Has a credential that is not revoked and was created before. */
  readonly createdBefore?: Instant
}

/** What a list shows of a credential that is not revoked. */
export type LivingCredential = Pick<
  Credential,
  'id' | 'registryId' | 'generation' | 'state' | 'createdAt' | 'problem' | 'stuckSince'
>

/** What a list shows of a cluster. */
export interface ListedCluster extends Pick<
  Cluster,
  'id' | 'state' | 'incarnation' | 'externalId' | 'cloudProvider' | 'region' | 'createdAt' | 'publishedAt'
> {
  /** The newest, be it lifted. */
  readonly ban?: ViewedBan
  /** Ordered by registry, then by generation. */
  readonly credentials: ReadonlyArray<LivingCredential>
}

/** A credential whose work waits for somebody. */
export type TroubledCredential = Pick<
  Credential,
  | 'id'
  | 'clusterId'
  | 'incarnation'
  | 'registryId'
  | 'state'
  | 'vendorName'
  | 'attempts'
  | 'tries'
  | 'problem'
  | 'stuckSince'
  | 'createdAt'
  | 'nextAttemptAt'
  | 'nextWork'
>

/** Which records a list shows. What is absent excludes none. */
export interface AuditFilter {
  readonly clusterId?: string
  readonly subject?: string
  readonly action?: AuditAction
  /** From then on. */
  readonly from?: Instant
  /** Before then. */
  readonly until?: Instant
}

export interface LoggedRecord {
  readonly id: string
  /** Which chain it is of, and which of its records, counted from 1. */
  readonly chain: string
  readonly sequence: number
  readonly record: AuditRecord
}

/** Work of one kind at one registry. */
export interface Backlog {
  readonly registryId: string
  readonly work: RowWork
  /** How many rows are due for it and held by nobody; 10,000 stand for more. */
  readonly due: number
  /** Since when the first of them is; absent where there is none. */
  readonly dueSince?: Instant
  /** How many rows wait for somebody; 10,000 stand for more. */
  readonly stuck: number
}

export interface ReadBacklogs {
  readonly backlogs: ReadonlyArray<Backlog>
  readonly readAt: Instant
}

/** Where the page before ended. Names no row that has to be there still. */
export interface CredentialPosition {
  readonly createdAt: Instant
  readonly id: string
}

export interface AuditPosition {
  readonly at: Instant
  readonly chain: string
  readonly sequence: number
}

type Page<A> = TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<A>>

/**
 * Lists for operators, page by page, and what their metrics count. Each page and each count is one statement, as last
 * committed. What is there during a whole walk is shown once, whatever is written meanwhile.
 */
export interface FleetReads {
  /** The next `limit` clusters by id, in an order of the adapter's; from the first where `after` is absent. */
  readonly clusters: (filter: ClusterFilter, after: string | undefined, limit: number) => Page<ListedCluster>
  /** Rows that are refused or stuck, the oldest first. */
  readonly troubled: (after: CredentialPosition | undefined, limit: number) => Page<TroubledCredential>
  /** Records of every chain, the newest first; those of one chain in its order, also within one moment. */
  readonly audit: (filter: AuditFilter, after: AuditPosition | undefined, limit: number) => Page<LoggedRecord>
  /** What waits at these registries; a kind of work of which nothing does may be left out. */
  readonly backlog: (registryIds: ReadonlyArray<string>) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadBacklogs>
}
