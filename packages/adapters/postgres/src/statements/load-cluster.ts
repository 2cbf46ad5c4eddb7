import type { Ban, Cluster, ClusterLedger, Credential, Instant } from '@pull-secret/domain'
import { banColumns } from '../columns/ban-columns.ts'
import { clusterColumns } from '../columns/cluster-columns.ts'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import { epochMilliseconds } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'
import { ledgerProtocol, OutdatedWriter } from '../ledger-protocol.ts'

const unrevokedRows = `
  select coalesce(
    json_agg(${jsonRow(credentialColumns, 'r')} order by r.registry_id collate "C", r.generation), '[]')
  from registry_credentials r
  where r.cluster_id = $1 and r.state <> 'revoked'`

const theBan = `select ${jsonRow(banColumns, 'b')} from cluster_bans b where b.cluster_id = $1`

const theCluster = `select ${jsonRow(clusterColumns, 'c')} from clusters c where c.id = $1`

/**
 * Everything a decision about one cluster needs, read after the lock in one statement; the rows are found by
 * idx_registry_credentials_cluster.
 */
const forDecision = `
  select
    ${epochMilliseconds('clock_timestamp()')}::text as now,
    (${theCluster}) as cluster,
    (${theBan}) as ban,
    (${unrevokedRows}) as credentials,
    (select coalesce(json_object_agg(registry_id, generation), '{}')
      from credential_generations where cluster_id = $1) as generations,
    (select enabled_registries from deployment) as enabled_registries,
    (select required_registries from deployment) as required_registries,
    (select registry_scopes from deployment) as scopes,
    coalesce((select epoch from deployment), 0) as epoch,
    coalesce((select minimum_writer from deployment), 1) as minimum_writer,
    (select count::text from audit_chains where chain = $1) as audit_count,
    (select head from audit_chains where chain = $1) as audit_head`

interface DecisionRow {
  readonly now: string
  readonly cluster: Cluster | null
  readonly ban: Ban | null
  readonly credentials: ReadonlyArray<Credential>
  readonly generations: Readonly<Record<string, number>>
  readonly enabled_registries: ReadonlyArray<string> | null
  readonly required_registries: ReadonlyArray<string> | null
  readonly scopes: Readonly<Record<string, string>> | null
  readonly epoch: number
  readonly minimum_writer: number
  readonly audit_count: string | null
  readonly audit_head: string | null
}

export interface LoadedCluster {
  readonly now: Instant
  readonly ledger: ClusterLedger
  readonly auditCount: number
  readonly auditHead: string | undefined
}

/** @throws OutdatedWriter where a later release writes the ledger. */
export const loadForDecision = async (connection: Connection, clusterId: string): Promise<LoadedCluster> => {
  const [row] = await connection.query<DecisionRow>('cluster-for-decision', forDecision, [clusterId])
  if (row === undefined) throw new Error('a select without a from clause gave no row')
  if (row.minimum_writer > ledgerProtocol) throw new OutdatedWriter('a later release writes this ledger')
  return {
    now: Number(row.now),
    ledger: {
      clusterId,
      cluster: row.cluster ?? undefined,
      ban: row.ban ?? undefined,
      credentials: row.credentials,
      generations: row.generations,
      enabledRegistries: row.enabled_registries ?? undefined,
      requiredRegistries: row.required_registries ?? undefined,
      scopes: row.scopes ?? undefined,
      epoch: row.epoch,
    },
    auditCount: Number(row.audit_count ?? 0),
    auditHead: row.audit_head ?? undefined,
  }
}
