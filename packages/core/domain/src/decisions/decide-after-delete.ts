import type { Cause } from '../audit/audit-record.ts'
import { clockAllowanceSeconds, type Credential, type ProofOfAbsence, wasObtained } from '../credentials/credential.ts'
import { afterTransitions, type ClusterLedger } from '../ledger/cluster-ledger.ts'
import { type AuditEvent, decided, type Decision, type Transition } from '../ledger/decision.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { RegistryCapabilities } from '../registries/capabilities.ts'
import type { CallProblem, DeleteOutcome } from '../registries/outcomes.ts'
import { backOffSeconds, ownDelaySeconds } from './back-off.ts'
import { boundedDelaySeconds } from './bounded.ts'
import { finishDeletion } from './finish-deletion.ts'
import { isWorthTelling, problemAfter, stuckSinceAfter, triesAfter } from './patience.ts'
import { revoked } from './revoke.ts'

interface RevocationContext {
  readonly capabilities: RegistryCapabilities
  readonly login?: LoginAfterDelete
}

/** What the vendor says of a login with the token that was handed out, where it was asked. */
export type LoginAfterDelete = 'accepted' | 'refused'

/** A backend of several that has not heard of a change is the same one for less than this. */
const longestStaleSeconds = 600

/** How long after the first look that showed nothing a second one counts. */
const secondLookSeconds = ({ landingWindowSeconds }: RegistryCapabilities): number =>
  Math.min(longestStaleSeconds, landingWindowSeconds)

/**
 * Whether a delete was accepted that nothing of ours could follow, and has taken effect. Where deletes take their time
 * it surely has once the token that was handed out is refused, if the name had no other object.
 */
const isDeleted = (
  { deleteAcceptedAt = -Infinity, settlesAt = 0 }: Credential,
  { capabilities: { deleteConsistency, uniqueNames }, login }: RevocationContext,
): boolean => deleteAcceptedAt >= settlesAt && (deleteConsistency === 'strong' || (uniqueNames && login === 'refused'))

/**
 * One look that shows nothing may be that of a stale backend. It counts with a delete of ours that has taken effect,
 * with a look before it, or where nobody stands between us and the vendor.
 */
const isSurelyAbsent = (credential: Credential, context: RevocationContext, sentAt: Instant): boolean => {
  const { absentSince } = credential
  const { capabilities } = context
  return (
    capabilities.executesOnce ||
    isDeleted(credential, context) ||
    (absentSince !== undefined && secondsAfter(absentSince, secondLookSeconds(capabilities)) <= sentAt)
  )
}

/**
 * Whether an object under the row's name can only be another one: nobody ever got ours, its token is refused, or a
 * delete of it has taken effect.
 */
const isOursNoMore = (credential: Credential, context: RevocationContext): boolean =>
  !wasObtained(credential) || context.login === 'refused' || isDeleted(credential, context)

const shownBy = (
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext,
  sentAt: Instant,
): ProofOfAbsence | undefined => {
  const {
    capabilities: { uniqueNames, deleteConsistency },
  } = context
  switch (outcome.kind) {
    case 'deleted':
      return deleteConsistency === 'strong' && uniqueNames ? 'delete_accepted' : undefined
    case 'absent':
      if (outcome.evidence === 'foreign_object')
        return uniqueNames && isOursNoMore(credential, context) ? 'foreign_object' : undefined
      return (uniqueNames || outcome.evidence === 'listing') && isSurelyAbsent(credential, context, sentAt)
        ? outcome.evidence
        : undefined
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

/** When the request was sent, if nothing of ours could land after it. */
const settledAt = ({ lease, settlesAt }: Credential): Instant | undefined =>
  lease === undefined || (settlesAt !== undefined && lease.takenAt < settlesAt) ? undefined : lease.takenAt

/** An answer counts as proof only if its request was sent when nothing of ours could still land. */
const proofOf = (
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext,
  now: Instant,
): ProofOfAbsence | undefined => {
  const sentAt = settledAt(credential)
  if (sentAt === undefined || context.login === 'accepted') return undefined
  return (
    shownBy(credential, outcome, context, sentAt) ??
    (!context.capabilities.revocable && hasExpired(credential, now) ? 'expired' : undefined)
  )
}

/**
 * Whether a login with the token that was handed out has to be refused before the answer counts as proof: wherever
 * logins follow at once, and where nothing else makes it one.
 */
export const needsLogin = (
  credential: Credential,
  outcome: DeleteOutcome,
  capabilities: RegistryCapabilities,
  now: Instant,
): boolean => {
  const proofWith = (login?: LoginAfterDelete): ProofOfAbsence | undefined =>
    proofOf(credential, outcome, { capabilities, login }, now)
  return (
    credential.sealedToken !== undefined &&
    credential.username !== undefined &&
    (outcome.kind === 'deleted' || outcome.kind === 'absent') &&
    proofWith('refused') !== undefined &&
    (capabilities.loginsFollowAtOnce === true || proofWith() === undefined)
  )
}

/** What is kept of an answer; that nothing was seen counts only when nothing of ours could land any more. */
const sightings = (
  credential: Credential,
  outcome: DeleteOutcome,
): Pick<Credential, 'deleteAcceptedAt' | 'absentSince'> => {
  const { lease, deleteAcceptedAt, absentSince } = credential
  if (outcome.kind === 'deleted') return { deleteAcceptedAt: lease?.takenAt, absentSince: undefined }
  return outcome.kind === 'absent' && outcome.evidence !== 'foreign_object'
    ? { deleteAcceptedAt, absentSince: absentSince ?? settledAt(credential) }
    : { deleteAcceptedAt, absentSince }
}

/** What keeps an answer from being a proof for good: somebody has to look. */
const findingOf = (
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext,
): CallProblem | undefined => {
  const { capabilities, login } = context
  if (login === 'accepted' && capabilities.loginsFollowAtOnce === true) return 'still_accepted'
  if (outcome.kind === 'absent' && outcome.evidence === 'foreign_object' && !isOursNoMore(credential, context))
    return 'marker_changed'
  return 'problem' in outcome ? outcome.problem : undefined
}

const nextTry = (
  credential: Credential,
  outcome: DeleteOutcome,
  capabilities: RegistryCapabilities,
  tries: number,
  now: Instant,
): Instant => {
  const ownDelay = ownDelaySeconds(outcome)
  if (ownDelay !== undefined) return secondsAfter(now, ownDelay)
  const asked = outcome.kind === 'refused' ? (boundedDelaySeconds(outcome.retryAfterSeconds) ?? 0) : 0
  const soon = secondsAfter(now, Math.max(asked, backOffSeconds(tries, credential.id)))
  const settlesAt = credential.settlesAt ?? now
  if (outcome.kind === 'not_revocable' && credential.expiresAt !== undefined)
    return Math.max(soon, secondsAfter(credential.expiresAt, clockAllowanceSeconds))
  if (settlesAt > now) return Math.min(soon, settlesAt)
  const { absentSince } = sightings(credential, outcome)
  return absentSince === undefined ? soon : Math.max(soon, secondsAfter(absentSince, secondLookSeconds(capabilities)))
}

const needsSomebody: ReadonlyArray<CallProblem | undefined> = ['marker_changed', 'still_accepted']

const stillRevoking = (
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext,
  now: Instant,
): Credential => {
  const tries = triesAfter(credential, outcome)
  const problem = findingOf(credential, outcome, context)
  const mayBeStuck = outcome.kind !== 'not_revocable' && (credential.settlesAt ?? now) <= now
  const stuckSince = needsSomebody.includes(problem) ? now : undefined
  return {
    ...credential,
    ...sightings(credential, outcome),
    lease: undefined,
    tries,
    nextAttemptAt: nextTry(credential, outcome, context.capabilities, tries, now),
    problem: problemAfter(credential, { kind: outcome.kind, problem }),
    stuckSince:
      credential.stuckSince ?? (mayBeStuck ? (stuckSince ?? stuckSinceAfter(credential, tries, now)) : undefined),
  }
}

const eventsOf = (
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext & { readonly cause: Cause },
): ReadonlyArray<AuditEvent> => {
  const problem = findingOf(credential, outcome, context)
  const isForeign = outcome.kind === 'absent' && outcome.evidence === 'foreign_object'
  const finding = problem ?? (isForeign ? 'foreign_object' : undefined)
  if (finding === undefined || !isWorthTelling(credential, { kind: outcome.kind, problem })) return []
  return [
    {
      cause: context.cause,
      action: 'revoke',
      credential,
      outcome: outcome.kind === 'unknown' ? 'unknown' : 'failure',
      metadata: { finding, tries: triesAfter(credential, outcome) },
    },
  ]
}

/** What a vendor's answer to a delete makes of its row, and of the cluster if that was its last one. */
export const decideAfterDelete = (
  ledger: ClusterLedger,
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext & { readonly cause: Cause },
  now: Instant,
): Decision<void> => {
  const events = eventsOf(credential, outcome, context)
  const proof = proofOf(credential, outcome, context, now)
  if (proof === undefined)
    return decided(
      undefined,
      [{ kind: 'credential_noted', before: credential, after: stillRevoking(credential, outcome, context, now) }],
      events,
    )
  const move: Transition = revoked(credential, 'C14', proof, context.cause, now)
  return decided(undefined, [move, ...finishDeletion(afterTransitions(ledger, [move]), context.cause)], events)
}
