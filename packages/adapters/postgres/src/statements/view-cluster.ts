import type { ClusterView, Instant, ViewedCluster, ViewedCredential } from '@pull-secret/domain'
import type { Connection } from '../connection.ts'
import { epochMilliseconds } from './moment.ts'

/**
 * One statement, so that a document never mixes two moments; plain columns, since building JSON costs the server more
 * than everything else here.
 */
const select = `
  select c.state as cluster_state, c.incarnation, c.external_id, c.wants_all_registries, c.wanted_registries, c.sealed_fingerprint_key,
    ${epochMilliseconds('c.published_at')} as published_at,
    r.id, r.registry_id, r.generation, r.state, r.attempts, r.revocations, r.problem, r.username, r.token,
    ${epochMilliseconds('r.lease_expires_at')} as lease_expires_at, ${epochMilliseconds('r.settles_at')} as settles_at,
    ${epochMilliseconds('r.next_attempt_at')} as next_attempt_at, ${epochMilliseconds('r.stuck_since')} as stuck_since,
    ${epochMilliseconds('r.expires_at')} as expires_at, ${epochMilliseconds('r.refresh_after')} as refresh_after,
    ${epochMilliseconds('r.created_at')} as created_at
  from clusters c left join registry_credentials r on r.cluster_id = c.id and r.state <> 'revoked'
  where c.id = $1`

/** The driver gives 64-bit integers as text. */
type Milliseconds = string | null

interface ClusterColumns {
  readonly cluster_state: ViewedCluster['state']
  readonly incarnation: number
  readonly external_id: string | null
  readonly wants_all_registries: boolean
  readonly wanted_registries: ReadonlyArray<string>
  readonly sealed_fingerprint_key: string | null
  readonly published_at: Milliseconds
}

interface CredentialColumns {
  readonly id: string
  readonly registry_id: string
  readonly generation: number
  readonly state: ViewedCredential['state']
  readonly attempts: number
  readonly revocations: number
  readonly problem: ViewedCredential['problem'] | null
  readonly username: string | null
  readonly token: string | null
  readonly lease_expires_at: Milliseconds
  readonly settles_at: Milliseconds
  readonly next_attempt_at: Milliseconds
  readonly stuck_since: Milliseconds
  readonly expires_at: Milliseconds
  readonly refresh_after: Milliseconds
  readonly created_at: string
}

type ViewRow = ClusterColumns & (CredentialColumns | { readonly id: null })

const instant = (milliseconds: Milliseconds): Instant | undefined =>
  milliseconds === null ? undefined : Number(milliseconds)

const clusterOf = (row: ClusterColumns): ViewedCluster => ({
  state: row.cluster_state,
  incarnation: row.incarnation,
  externalId: row.external_id ?? undefined,
  wantsAllRegistries: row.wants_all_registries,
  wantedRegistries: row.wanted_registries,
  sealedFingerprintKey: row.sealed_fingerprint_key ?? undefined,
  publishedAt: instant(row.published_at),
})

const credentialOf = (row: CredentialColumns): ViewedCredential => ({
  id: row.id,
  registryId: row.registry_id,
  generation: row.generation,
  state: row.state,
  attempts: row.attempts,
  revocations: row.revocations,
  problem: row.problem ?? undefined,
  username: row.username ?? undefined,
  sealedToken: row.token ?? undefined,
  lease: row.lease_expires_at === null ? undefined : { expiresAt: Number(row.lease_expires_at) },
  settlesAt: instant(row.settles_at),
  nextAttemptAt: instant(row.next_attempt_at),
  stuckSince: instant(row.stuck_since),
  expiresAt: instant(row.expires_at),
  refreshAfter: instant(row.refresh_after),
  createdAt: Number(row.created_at),
})

export const viewCluster = async (connection: Connection, clusterId: string): Promise<ClusterView> => {
  const rows = await connection.query<ViewRow>('view-cluster', select, [clusterId])
  return {
    clusterId,
    cluster: rows[0] === undefined ? undefined : clusterOf(rows[0]),
    credentials: rows.flatMap((row) => (row.id === null ? [] : [credentialOf(row)])),
  }
}
