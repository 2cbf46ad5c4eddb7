import {
  type AuditFilter,
  type AuditPosition,
  type ClusterFilter,
  type CredentialPosition,
  type Failure,
  type FleetReads,
  isAlive,
  type ListedCluster,
  type LoggedRecord,
  type Replica,
  type ReplicaRegister,
  type TroubledCredential,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** A part of a list, and where the next one begins; no next one where it is absent. */
export interface Page<A, Position> {
  readonly items: ReadonlyArray<A>
  readonly next?: Position
}

export interface PageRequest<Position> {
  readonly after?: Position
  /** At least 1. */
  readonly limit: number
}

type Listing<A, Position> = TE.TaskEither<Failure<'LEDGER_UNAVAILABLE'>, Page<A, Position>>

/** A process that writes the ledger, and whether it has to be reckoned with. */
export interface ListedReplica extends Replica {
  readonly isAlive: boolean
}

/** Lists for operators, page by page. They decide nothing. */
export interface ListFleet {
  readonly clusters: (filter: ClusterFilter, page: PageRequest<string>) => Listing<ListedCluster, string>
  readonly cluster: (
    clusterId: string,
  ) => TE.TaskEither<Failure<'LEDGER_UNAVAILABLE' | 'CLUSTER_NOT_FOUND'>, ListedCluster>
  readonly troubled: (page: PageRequest<CredentialPosition>) => Listing<TroubledCredential, CredentialPosition>
  readonly audit: (filter: AuditFilter, page: PageRequest<AuditPosition>) => Listing<LoggedRecord, AuditPosition>
  /** Those of the last hour, the longest running first. */
  readonly replicas: TE.TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<ListedReplica>>
}

/** Reads one item more than the page shows, to know whether there is a next page. */
const paged = <A, Position>(
  { after, limit }: PageRequest<Position>,
  read: (after: Position | undefined, limit: number) => TE.TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<A>>,
  positionOf: (item: A) => Position,
): Listing<A, Position> =>
  pipe(
    read(after, limit + 1),
    TE.map((found) => {
      const items = found.slice(0, limit)
      const last = items.at(-1)
      return found.length <= limit || last === undefined ? { items } : { items, next: positionOf(last) }
    }),
  )

export interface ListFleetDeps {
  readonly fleet: FleetReads
  readonly replicas: ReplicaRegister
}

export const makeListFleet = ({ fleet, replicas }: ListFleetDeps): ListFleet => ({
  clusters: (filter, page) =>
    paged(
      page,
      (after, limit) => fleet.clusters(filter, after, limit),
      ({ id }) => id,
    ),
  cluster: (clusterId) =>
    pipe(
      fleet.clusters({ clusterId }, undefined, 1),
      TE.flatMap(([found]): TE.TaskEither<Failure<'CLUSTER_NOT_FOUND'>, ListedCluster> =>
        found === undefined ? TE.left({ code: 'CLUSTER_NOT_FOUND', clusterId }) : TE.right(found),
      ),
    ),
  troubled: (page) => paged(page, fleet.troubled, ({ createdAt, id }) => ({ createdAt, id })),
  audit: (filter, page) =>
    paged(
      page,
      (after, limit) => fleet.audit(filter, after, limit),
      ({ record, chain, sequence }) => ({ at: record.at, chain, sequence }),
    ),
  replicas: pipe(
    replicas.seen,
    TE.map((seen) => seen.replicas.map((replica) => ({ ...replica, isAlive: isAlive(replica, seen.readAt) }))),
  ),
})
