import { type CredentialPosition, refusingProblems, type TroubledCredential } from '@pull-secret/domain'
import type { Columns } from '../columns/columns.ts'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import { moment } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'

const troubled: Columns<TroubledCredential> = {
  id: credentialColumns.id,
  clusterId: credentialColumns.clusterId,
  incarnation: credentialColumns.incarnation,
  registryId: credentialColumns.registryId,
  state: credentialColumns.state,
  vendorName: credentialColumns.vendorName,
  attempts: credentialColumns.attempts,
  tries: credentialColumns.tries,
  problem: credentialColumns.problem,
  stuckSince: credentialColumns.stuckSince,
  createdAt: credentialColumns.createdAt,
  nextAttemptAt: credentialColumns.nextAttemptAt,
  nextWork: credentialColumns.nextWork,
}

const lowestId = '00000000-0000-0000-0000-000000000000'

/** The first condition is that of the index. A stuck row may have lost its problem since. */
const list = `
  select ${jsonRow(troubled, 'r')} as row from registry_credentials r
  where r.state <> 'revoked' and (r.problem is not null or r.stuck_since is not null)
    and (r.stuck_since is not null or (r.state in ('intended', 'revoking') and r.problem = any($1::text[])))
    and (r.created_at, r.id) > (coalesce($2::timestamptz, '-infinity'), coalesce($3::uuid, '${lowestId}'))
  order by r.created_at, r.id limit $4`

/** A page of rows that wait for somebody, the oldest first. */
export const listTroubled = async (
  connection: Connection,
  after: CredentialPosition | undefined,
  limit: number,
): Promise<ReadonlyArray<TroubledCredential>> => {
  const values = [refusingProblems, moment(after?.createdAt), after?.id, limit]
  const rows = await connection.query<{ readonly row: TroubledCredential }>(undefined, list, values)
  return rows.map(({ row }) => row)
}
