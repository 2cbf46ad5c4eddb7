import {
  type ClaimedWork,
  type ClaimRequest,
  type Cluster,
  type Credential,
  type DueKind,
  takeDue,
} from '@pull-secret/domain'
import { clusterColumns } from '../columns/cluster-columns.ts'
import type { Columns } from '../columns/columns.ts'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import { epochMilliseconds, moment } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'
import { ledgerProtocol } from '../ledger-protocol.ts'
import { dueKinds, isDueNow } from './due-kinds.ts'

type Withdrawal = Pick<Cluster, 'state' | 'dormantSince'>

const withdrawalColumns: Columns<Withdrawal> = {
  state: clusterColumns.state,
  dormantSince: clusterColumns.dormantSince,
}

/**
 * Locks due rows, oldest first, passing over rows that somebody else has locked. An index finds them in this order,
 * since the clock is read once before it. What is due is what `isDue` says.
 */
const lockDue = (kind: DueKind): string => `
  with moment as materialized (select date_trunc('milliseconds', clock_timestamp()) as now)
  select ${epochMilliseconds('(select now from moment)')}::text as now,
    ${jsonRow(credentialColumns, 'r')} as credential,
    case when c.id is not null then ${jsonRow(withdrawalColumns, 'c')} end as cluster
  from registry_credentials r left join clusters c on c.id = r.cluster_id
  where r.registry_id = $1 and r.scope = $2
    and coalesce((select minimum_writer from deployment), 1) <= ${String(ledgerProtocol)}
    and ${dueKinds[kind]}
    and ${isDueNow}
  order by r.next_attempt_at
  limit $3
  for update of r skip locked`

/** Writes the leases, and what a lease for an attempt that may create says besides. */
const take = `
  update registry_credentials r set
    fence = t.fence, lease_attempt = t.attempt_id, lease_taken_at = t.taken_at, lease_expires_at = t.expires_at,
    next_attempt_at = t.next_attempt_at, attempts = t.attempts, outcome = t.outcome, settles_at = t.settles_at,
    updated_at = clock_timestamp()
  from json_to_recordset($1) as t(
    id uuid, version integer, fence integer, attempt_id uuid, taken_at timestamptz, expires_at timestamptz,
    next_attempt_at timestamptz, attempts integer, outcome text, settles_at timestamptz)
  where r.id = t.id and r.version = t.version`

interface DueRow {
  readonly now: string
  readonly credential: Credential
  readonly cluster: Withdrawal | null
}

const takenRow = ({ id, version, fence, lease, nextAttemptAt, attempts, outcome, settlesAt }: Credential) => ({
  id,
  version,
  fence,
  attempt_id: lease?.attemptId,
  taken_at: moment(lease?.takenAt),
  expires_at: moment(lease?.expiresAt),
  next_attempt_at: moment(nextAttemptAt),
  attempts,
  outcome,
  settles_at: moment(settlesAt),
})

/** Takes leases on due rows, in a transaction of the caller's. */
export const claimDue = async (
  connection: Connection,
  { terms, kind, attemptIds }: ClaimRequest,
): Promise<ReadonlyArray<ClaimedWork>> => {
  const due = await connection.query<DueRow>(`lock-due-${kind}`, lockDue(kind), [
    terms.registryId,
    terms.scope,
    attemptIds.length,
  ])
  const taken = due.flatMap(({ now, credential, cluster }, index) => {
    const attemptId = attemptIds[index]
    const row = { credential, cluster: cluster ?? undefined }
    return attemptId === undefined ? [] : [takeDue(row, terms, attemptId, Number(now))]
  })
  if (taken.length > 0)
    await connection.query('take-due', take, [JSON.stringify(taken.map(({ credential }) => takenRow(credential)))])
  return taken.map((work) => ({
    ...work,
    credential: { ...work.credential, version: work.credential.version + 1 },
  }))
}
