import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ViewedBan } from '../clusters/ban.ts'
import type { Cluster } from '../clusters/cluster.ts'
import type { Credential, Lease } from '../credentials/credential.ts'
import type { Failure } from '../errors.ts'
import type { Instant } from '../platform/instant.ts'

/** What an answer, and nothing else, needs to know of a cluster. */
export type ViewedCluster = Pick<
  Cluster,
  | 'state'
  | 'incarnation'
  | 'externalId'
  | 'wantsAllRegistries'
  | 'wantedRegistries'
  | 'sealedFingerprintKey'
  | 'publishedAt'
  | 'servedRegistries'
>

/** What an answer, and nothing else, needs to know of a row. */
export interface ViewedCredential extends Pick<
  Credential,
  | 'id'
  | 'registryId'
  | 'scope'
  | 'generation'
  | 'state'
  | 'attempts'
  | 'settlesAt'
  | 'nextAttemptAt'
  | 'tries'
  | 'problem'
  | 'stuckSince'
  | 'username'
  | 'sealedToken'
  | 'expiresAt'
  | 'refreshAfter'
  | 'createdAt'
> {
  readonly lease?: Pick<Lease, 'expiresAt'>
}

/** What one read shows of a cluster: its ban, and its rows that are not revoked, all of one moment. */
export interface ClusterView {
  readonly clusterId: string
  /** The ledger's clock at the read. */
  readonly readAt: Instant
  readonly cluster: ViewedCluster | undefined
  /** The newest, be it lifted. */
  readonly ban?: ViewedBan
  /** Ordered by registry, then by generation. */
  readonly credentials: ReadonlyArray<ViewedCredential>
  /** What the newest configuration requires, as far as any process has started with one; shown until publication. */
  readonly requiredRegistries?: ReadonlyArray<string>
}

/** Reads that decide nothing. */
export interface LedgerReads {
  /** The cluster, its ban and its rows that are not revoked, in one statement, as last committed; or a ban alone. */
  readonly cluster: (clusterId: string) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ClusterView>
  /**
   * The rows that a shared vendor object must hold: attempted, and neither revoking nor revoked; ordered by vendor
   * name.
   */
  readonly sharedObjectRows: (
    registryId: string,
  ) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<Credential>>
  /** Answers if the ledger can be read and written to now. */
  readonly ping: TaskEither<Failure<'LEDGER_UNAVAILABLE'>, void>
}
