import type { Credential } from '../credentials/credential.ts'
import type { LateFindings } from '../ledger/credential-ledger.ts'
import type { Instant } from '../platform/instant.ts'

const isUnfinished = ({ state }: Credential): boolean => state === 'intended' || state === 'revoking'

/**
 * What a holder that has lost its fence leaves behind: facts, and that an unfinished row is due at once. Neither state
 * nor fence moves. Nothing, where that changes nothing.
 */
export const withLateFindings = (row: Credential, { vendorId }: LateFindings, now: Instant): Credential | undefined => {
  const after = {
    ...row,
    vendorId: row.vendorId ?? vendorId,
    nextAttemptAt: isUnfinished(row) ? now : row.nextAttemptAt,
  }
  return after.vendorId === row.vendorId && after.nextAttemptAt === row.nextAttemptAt ? undefined : after
}
