import {
  type AuditFilter,
  type AuditPosition,
  type Backlog,
  type ClusterFilter,
  type ClusterLedger,
  type Credential,
  type FleetReads,
  hasFreeLease,
  type Instant,
  type ListedCluster,
  type LoggedRecord,
  resultOfRow,
  type RowWork,
  rowWorks,
  workOf,
} from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { InMemoryLedgerDeps } from './in-memory-ledger-deps.ts'
import { type LedgerTables, livingRows } from './ledger-tables.ts'

const isWanted = <A>(wanted: A | undefined, found: A | undefined): boolean => wanted === undefined || wanted === found

const isListed = (
  { clusterId, state, cloudProvider, region, registryId, createdBefore = Infinity }: ClusterFilter,
  { cluster, credentials }: ClusterLedger,
): boolean =>
  cluster !== undefined &&
  isWanted(clusterId, cluster.id) &&
  isWanted(state, cluster.state) &&
  isWanted(cloudProvider, cluster.cloudProvider) &&
  isWanted(region, cluster.region) &&
  (registryId === undefined || credentials.some((row) => row.registryId === registryId)) &&
  (createdBefore === Infinity || credentials.some(({ createdAt }) => createdAt < createdBefore))

const byRegistry = (one: Credential, other: Credential): number =>
  one.registryId === other.registryId
    ? one.generation - other.generation
    : one.registryId.localeCompare(other.registryId)

const toListed = ({ cluster, ban, credentials }: ClusterLedger): ReadonlyArray<ListedCluster> =>
  cluster === undefined ? [] : [{ ...cluster, ban, credentials: [...credentials].sort(byRegistry) }]

const isLogged = (
  { clusterId, subject, action, from = -Infinity, until = Infinity }: AuditFilter,
  { record }: LoggedRecord,
): boolean =>
  isWanted(clusterId, record.clusterId) &&
  isWanted(subject, record.subject) &&
  isWanted(action, record.action) &&
  record.at >= from &&
  record.at < until

interface Position {
  readonly time: number
  readonly id: string
}

const compare = (one: Position, other: Position): number => {
  if (one.time !== other.time) return one.time - other.time
  return one.id < other.id ? -1 : Number(one.id > other.id)
}

const ofRow = ({ createdAt, id }: { readonly createdAt: number; readonly id: string }): Position => ({
  time: createdAt,
  id,
})

const inOrder = (one: AuditPosition, other: AuditPosition): number => {
  if (one.at !== other.at) return one.at - other.at
  if (one.chain !== other.chain) return one.chain < other.chain ? -1 : 1
  return one.sequence - other.sequence
}

const positionOf = ({ record, chain, sequence }: LoggedRecord): AuditPosition => ({ at: record.at, chain, sequence })

/** The hash of a record differs from every other's: it makes an id in the form of those in a database. */
const idOf = (hash: string): string => hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

const everyRecord = ({ audit }: LedgerTables): ReadonlyArray<LoggedRecord> =>
  [...audit].flatMap(([chain, records]) =>
    records.map(({ hash, record }, index) => ({ id: idOf(hash), chain, sequence: index + 1, record })),
  )

const isTroubled = (row: Credential): boolean => ['refused', 'stuck'].includes(resultOfRow(row))

const most = 10_000

const backlogOf = (registryId: string, work: RowWork, rows: ReadonlyArray<Credential>, now: Instant): Backlog => {
  const due = rows.filter(
    (row) => workOf(row) === work && (row.nextAttemptAt ?? Infinity) <= now && hasFreeLease(row, now),
  )
  const since = Math.min(...due.map(({ nextAttemptAt = Infinity }) => nextAttemptAt))
  return {
    registryId,
    work,
    due: Math.min(due.length, most),
    dueSince: due.length === 0 ? undefined : since,
    stuck: Math.min(rows.filter((row) => workOf(row) === work && isTroubled(row)).length, most),
  }
}

/** Lists of an in-memory ledger, over everything it stores. */
export const makeInMemoryFleetReads = ({ tables, clock }: InMemoryLedgerDeps): FleetReads => ({
  clusters: (filter, after, limit) =>
    TE.fromIO(() =>
      [...tables.clusters.values()]
        .filter((ledger) => isListed(filter, ledger))
        .filter(({ clusterId }) => after === undefined || clusterId > after)
        .sort((one, other) => (one.clusterId < other.clusterId ? -1 : 1))
        .slice(0, limit)
        .flatMap(toListed),
    ),
  troubled: (after, limit) =>
    TE.fromIO(() =>
      livingRows(tables)
        .filter(isTroubled)
        .filter((row) => after === undefined || compare(ofRow(row), ofRow(after)) > 0)
        .sort((one, other) => compare(ofRow(one), ofRow(other)))
        .slice(0, limit),
    ),
  audit: (filter, after, limit) =>
    TE.fromIO(() =>
      everyRecord(tables)
        .filter((logged) => isLogged(filter, logged))
        .filter((logged) => after === undefined || inOrder(positionOf(logged), after) < 0)
        .sort((one, other) => inOrder(positionOf(other), positionOf(one)))
        .slice(0, limit),
    ),
  backlog: (registryIds) =>
    TE.fromIO(() => {
      const readAt = clock.now()
      const backlogs = registryIds.flatMap((id) => {
        const rows = livingRows(tables).filter(({ registryId }) => registryId === id)
        return rowWorks.map((work) => backlogOf(id, work, rows, readAt))
      })
      return { backlogs, readAt }
    }),
})
