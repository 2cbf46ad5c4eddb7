import type { Credential } from '@pull-secret/domain'
import type { Connection } from '../connection.ts'
import { moment } from './moment.ts'

const columns: Readonly<Record<string, (row: Credential) => unknown>> = {
  username: (row) => row.username,
  token: (row) => row.sealedToken,
  vendor_id: (row) => row.vendorId,
  state: (row) => row.state,
  fence: (row) => row.fence,
  lease_attempt: (row) => row.lease?.attemptId,
  lease_taken_at: (row) => moment(row.lease?.takenAt),
  lease_expires_at: (row) => moment(row.lease?.expiresAt),
  attempts: (row) => row.attempts,
  outcome: (row) => row.outcome,
  settles_at: (row) => moment(row.settlesAt),
  next_attempt_at: (row) => moment(row.nextAttemptAt),
  revocations: (row) => row.revocations,
  problem: (row) => row.problem,
  stuck_since: (row) => moment(row.stuckSince),
  expires_at: (row) => moment(row.expiresAt),
  refresh_after: (row) => moment(row.refreshAfter),
  proof: (row) => row.proof,
  activated_at: (row) => moment(row.activatedAt),
  revoked_at: (row) => moment(row.revokedAt),
}

const fixedColumns: Readonly<Record<string, (row: Credential) => unknown>> = {
  id: (row) => row.id,
  cluster_id: (row) => row.clusterId,
  registry_id: (row) => row.registryId,
  created_at: (row) => moment(row.createdAt),
  incarnation: (row) => row.incarnation,
  generation: (row) => row.generation,
  scope: (row) => row.scope,
  vendor_name: (row) => row.vendorName,
}

const allColumns = { ...fixedColumns, ...columns }
const names = Object.keys(allColumns)

const insert = `
  insert into registry_credentials (${names.join(', ')}, external_resource_id)
  values (${names.map((_, index) => `$${String(index + 1)}`).join(', ')}, $${String(names.length + 1)})`

const update = `
  update registry_credentials set ${Object.keys(columns)
    .map((name, index) => `${name} = $${String(index + 4)}`)
    .join(', ')}, updated_at = clock_timestamp()
  where id = $1 and state = $2 and fence = $3
  returning id`

export const insertCredential = async (
  connection: Connection,
  row: Credential,
  externalId: string | undefined,
): Promise<void> => {
  await connection.query('insert-credential', insert, [
    ...Object.values(allColumns).map((valueOf) => valueOf(row)),
    externalId,
  ])
}

/** Writes a row only if state and fence are still what the decision was made on; says whether they were. */
export const updateCredential = async (
  connection: Connection,
  before: Credential,
  after: Credential,
): Promise<boolean> => {
  const written = await connection.query('update-credential', update, [
    before.id,
    before.state,
    before.fence,
    ...Object.values(columns).map((valueOf) => valueOf(after)),
  ])
  return written.length === 1
}
