import { type CredentialPosition, refusingProblems, type TroubledCredential } from '@pull-secret/domain'
import type { Columns } from '../columns/columns.ts'
import { credentialColumns } from '../columns/credential-columns.ts'
import { jsonRow } from '../columns/json-row.ts'
import { moment } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'
import { isTroubled } from './troubled-rows.ts'

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

const list = `
  select ${jsonRow(troubled, 'r')} as row from registry_credentials r
  where ${isTroubled}
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
