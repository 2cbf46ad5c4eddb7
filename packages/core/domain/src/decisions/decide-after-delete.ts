import type { Cause } from '../audit/audit-record.ts'
import { clockAllowanceSeconds, type Credential, type ProofOfAbsence } from '../credentials/credential.ts'
import { afterTransitions, type ClusterLedger } from '../ledger/cluster-ledger.ts'
import { type AuditEvent, decided, type Decision, type Transition } from '../ledger/decision.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { RegistryCapabilities } from '../registries/capabilities.ts'
import type { DeleteOutcome } from '../registries/outcomes.ts'
import { backOffSeconds, ownDelaySeconds } from './back-off.ts'
import { boundedDelaySeconds } from './bounded.ts'
import { finishDeletion } from './finish-deletion.ts'
import { isWorthTelling, problemAfter, stuckSinceAfter, triesAfter } from './patience.ts'
import { revoked } from './revoke.ts'

const shownBy = (outcome: DeleteOutcome, capabilities: RegistryCapabilities): ProofOfAbsence | undefined => {
  switch (outcome.kind) {
    case 'deleted':
      return capabilities.deleteConsistency === 'strong' && capabilities.uniqueNames ? 'delete_accepted' : undefined
    case 'absent':
      return capabilities.uniqueNames || outcome.evidence === 'listing' ? outcome.evidence : undefined
    case 'absent_unproved':
    case 'not_revocable':
    case 'refused':
    case 'unknown':
    case 'not_sent':
      return undefined
  }
}

const hasExpired = (credential: Credential, now: Instant): boolean =>
  credential.expiresAt !== undefined && secondsAfter(credential.expiresAt, clockAllowanceSeconds) <= now

/** An answer counts as proof only if its request was sent when nothing of ours could still land. */
const proofOf = (
  credential: Credential,
  outcome: DeleteOutcome,
  capabilities: RegistryCapabilities,
  now: Instant,
): ProofOfAbsence | undefined => {
  const sentAt = credential.lease?.takenAt
  if (sentAt === undefined || (credential.settlesAt !== undefined && sentAt < credential.settlesAt)) return undefined
  return (
    shownBy(outcome, capabilities) ?? (!capabilities.revocable && hasExpired(credential, now) ? 'expired' : undefined)
  )
}

const nextTry = (credential: Credential, outcome: DeleteOutcome, tries: number, now: Instant): Instant => {
  const ownDelay = ownDelaySeconds(outcome)
  if (ownDelay !== undefined) return secondsAfter(now, ownDelay)
  const asked = outcome.kind === 'refused' ? (boundedDelaySeconds(outcome.retryAfterSeconds) ?? 0) : 0
  const soon = secondsAfter(now, Math.max(asked, backOffSeconds(tries, credential.id)))
  const settlesAt = credential.settlesAt ?? now
  if (outcome.kind === 'not_revocable' && credential.expiresAt !== undefined)
    return Math.max(soon, secondsAfter(credential.expiresAt, clockAllowanceSeconds))
  return settlesAt > now ? Math.min(soon, settlesAt) : soon
}

const stillRevoking = (credential: Credential, outcome: DeleteOutcome, now: Instant): Credential => {
  const tries = triesAfter(credential, outcome)
  const mayBeStuck = outcome.kind !== 'not_revocable' && (credential.settlesAt ?? now) <= now
  return {
    ...credential,
    lease: undefined,
    tries,
    nextAttemptAt: nextTry(credential, outcome, tries, now),
    problem: problemAfter(credential, outcome),
    stuckSince: mayBeStuck ? stuckSinceAfter(credential, tries, now) : credential.stuckSince,
  }
}

const eventsOf = (credential: Credential, outcome: DeleteOutcome, cause: Cause): ReadonlyArray<AuditEvent> => {
  const event = (result: AuditEvent['outcome'], finding: string): AuditEvent => ({
    cause,
    action: 'revoke',
    credential,
    outcome: result,
    metadata: { finding, tries: triesAfter(credential, outcome) },
  })
  if (!isWorthTelling(credential, outcome)) return []
  switch (outcome.kind) {
    case 'unknown':
      return [event('unknown', outcome.problem)]
    case 'refused':
    case 'not_sent':
      return [event('failure', outcome.problem)]
    case 'absent':
      return outcome.evidence === 'foreign_object' ? [event('failure', 'foreign_object')] : []
    case 'deleted':
    case 'absent_unproved':
    case 'not_revocable':
      return []
  }
}

export interface RevocationContext {
  readonly capabilities: RegistryCapabilities
  readonly cause: Cause
}

/** What a vendor's answer to a delete makes of its row, and of the cluster if that was its last one. */
export const decideAfterDelete = (
  ledger: ClusterLedger,
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext,
  now: Instant,
): Decision<void> => {
  const events = eventsOf(credential, outcome, context.cause)
  const proof = proofOf(credential, outcome, context.capabilities, now)
  if (proof === undefined)
    return decided(
      undefined,
      [{ kind: 'credential_noted', before: credential, after: stillRevoking(credential, outcome, now) }],
      events,
    )
  const move: Transition = revoked(credential, 'C14', proof, context.cause, now)
  return decided(undefined, [move, ...finishDeletion(afterTransitions(ledger, [move]), context.cause)], events)
}
