import type { Credential } from '../credentials/credential.ts'
import { type Instant, laterOf, secondsAfter } from '../platform/instant.ts'

export interface LeaseTerms {
  readonly attemptId: string
  readonly leaseSeconds: number
}

/**
 * Takes the row for an attempt that changes nothing new at the vendor: a delete, a read, a login. The row is due
 * again when the lease ends.
 */
export const takeLease = (credential: Credential, terms: LeaseTerms, now: Instant): Credential => {
  const expiresAt = secondsAfter(now, terms.leaseSeconds)
  return {
    ...credential,
    fence: credential.fence + 1,
    lease: { attemptId: terms.attemptId, takenAt: now, expiresAt },
    nextAttemptAt: expiresAt,
  }
}

/**
 * Takes the row for an attempt that may create, grant or change a vendor object: from here on its outcome is unknown
 * until recorded.
 */
export const takeCreatingLease = (
  credential: Credential,
  terms: LeaseTerms & { readonly landingWindowSeconds: number },
  now: Instant,
): Credential => ({
  ...takeLease(credential, terms, now),
  attempts: credential.attempts + 1,
  outcome: 'unknown',
  settlesAt: laterOf(credential.settlesAt, secondsAfter(now, terms.leaseSeconds + terms.landingWindowSeconds)),
})

/** Takes the row from whoever holds it: its holder's next recording finds a higher fence. */
export const raiseFence = (credential: Credential): Credential => ({
  ...credential,
  lease: undefined,
  fence: credential.fence + 1,
})
