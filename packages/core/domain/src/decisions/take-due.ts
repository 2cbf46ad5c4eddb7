import { type Cluster, isWithdrawn } from '../clusters/cluster.ts'
import { type Credential, type EntryWork, hasFreeLease } from '../credentials/credential.ts'
import type { ClaimedWork, ClaimRequest, ClaimTerms, DueKind, WorkPurpose } from '../ledger/due-work.ts'
import type { Instant } from '../platform/instant.ts'
import { takeCreatingLease, takeLease } from './lease.ts'

/** A token that will end comes before a look at it. An entry without a note is of a release that only minted. */
const entryWork = ({ nextWork = 'mint', refreshAfter = Infinity }: Credential, now: Instant): EntryWork =>
  refreshAfter <= now ? 'mint' : nextWork

/** What is to be done with a due row. */
export const purposeOf = (credential: Credential, terms: ClaimTerms, now: Instant): WorkPurpose => {
  switch (credential.state) {
    case 'intended':
      return terms.mayCreate && (terms.mayRepeatUnknown || credential.outcome !== 'unknown') ? 'create' : 'abandon'
    case 'ready':
    case 'active':
    case 'retiring':
      return entryWork(credential, now)
    case 'revoking':
    case 'revoked':
      return 'revoke'
  }
}

const kindOf = (credential: Credential, terms: ClaimTerms, now: Instant): DueKind =>
  purposeOf(credential, terms, now) === 'validate' ? 'looks' : 'obligations'

/** Whether a row may be claimed. */
export const isDue = (row: Credential, { terms, kind }: Pick<ClaimRequest, 'terms' | 'kind'>, now: Instant): boolean =>
  row.nextAttemptAt !== undefined &&
  row.nextAttemptAt <= now &&
  hasFreeLease(row, now) &&
  kindOf(row, terms, now) === kind

interface DueRow {
  readonly credential: Credential
  /** Absent where the row has none. */
  readonly cluster?: Pick<Cluster, 'state' | 'dormantSince'>
}

/** Takes a due row for what it is to undergo. */
export const takeDue = (
  { credential: row, cluster }: DueRow,
  terms: ClaimTerms,
  attemptId: string,
  now: Instant,
): ClaimedWork => {
  const purpose = purposeOf(row, terms, now)
  const { leaseSeconds, landingWindowSeconds } = terms
  return {
    purpose,
    isUrgent: cluster !== undefined && isWithdrawn(cluster),
    credential:
      purpose === 'create' || purpose === 'mint'
        ? takeCreatingLease(row, { attemptId, leaseSeconds, landingWindowSeconds }, now)
        : takeLease(row, { attemptId, leaseSeconds }, now),
  }
}
