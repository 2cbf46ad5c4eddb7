import {
  type AuditRecord,
  type ClusterLedger,
  type ClusterView,
  type Credential,
  emptyClusterLedger,
  type Instant,
  type Replica,
} from '@pull-secret/domain'

/** One link of an audit chain. */
export interface AuditEntry {
  readonly sequence: number
  readonly hash: string
  readonly record: AuditRecord
}

export interface HeldObject {
  readonly attemptId: string
  readonly fence: number
  readonly expiresAt: number
}

/** Everything an in-memory ledger stores. One object is one database: hand it to several adapters and they share it. */
export interface LedgerTables {
  readonly clusters: Map<string, ClusterLedger>
  readonly revoked: Map<string, Credential>
  /** By the name of the chain. */
  readonly audit: Map<string, ReadonlyArray<AuditEntry>>
  readonly sharedObjects: Map<string, HeldObject>
  /** The check value of each key id. */
  readonly keys: Map<string, string>
  readonly replicas: Map<string, Replica>
  deploymentId: string | undefined
  enabledRegistries: ReadonlyArray<string> | undefined
  requiredRegistries: ReadonlyArray<string> | undefined
  scopes: Readonly<Record<string, string>> | undefined
  epoch: number
}

export const makeLedgerTables = (): LedgerTables => ({
  clusters: new Map(),
  revoked: new Map(),
  audit: new Map(),
  sharedObjects: new Map(),
  keys: new Map(),
  replicas: new Map(),
  deploymentId: undefined,
  enabledRegistries: undefined,
  requiredRegistries: undefined,
  scopes: undefined,
  epoch: 0,
})

export const clusterLedgerOf = (tables: LedgerTables, clusterId: string): ClusterLedger => ({
  ...(tables.clusters.get(clusterId) ?? emptyClusterLedger(clusterId)),
  enabledRegistries: tables.enabledRegistries,
  requiredRegistries: tables.requiredRegistries,
  scopes: tables.scopes,
  epoch: tables.epoch,
})

export const clusterViewOf = (tables: LedgerTables, clusterId: string, readAt: Instant): ClusterView => {
  const ledger = clusterLedgerOf(tables, clusterId)
  const isPublished = ledger.cluster?.publishedAt !== undefined
  return { ...ledger, requiredRegistries: isPublished ? undefined : ledger.requiredRegistries, readAt }
}

/** Every row that is not revoked. */
export const livingRows = (tables: LedgerTables): ReadonlyArray<Credential> =>
  [...tables.clusters.values()].flatMap((ledger) => ledger.credentials)

/** Writes a row as it was read, but for what is new; gives it as it is stored. */
export const replaceRow = (tables: LedgerTables, read: Credential): Credential => {
  const ledger = clusterLedgerOf(tables, read.clusterId)
  const row = { ...read, version: read.version + 1 }
  tables.clusters.set(row.clusterId, {
    ...ledger,
    credentials: ledger.credentials.map((other) => (other.id === row.id ? row : other)),
  })
  return row
}
