import type { LateFindings } from '@pull-secret/domain'
import type { Connection } from '../connection.ts'

/**
 * What a holder without its fence may still leave behind: facts, and that the row is due. Neither state nor fence
 * moves.
 */
const append = `
  update registry_credentials set
    vendor_id = coalesce(vendor_id, $2),
    next_attempt_at = case when state in ('intended', 'revoking') then clock_timestamp() else next_attempt_at end
  where id = $1 and state <> 'revoked'`

export const appendLateFindings = async (
  connection: Connection,
  credentialId: string,
  findings: LateFindings,
): Promise<void> => {
  await connection.query('append-late-findings', append, [credentialId, findings.vendorId])
}
