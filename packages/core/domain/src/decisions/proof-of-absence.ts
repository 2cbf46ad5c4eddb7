import { clockAllowanceSeconds, type Credential, type ProofOfAbsence, wasObtained } from '../credentials/credential.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { RegistryCapabilities } from '../registries/capabilities.ts'
import type { DeleteOutcome } from '../registries/outcomes.ts'

export interface RevocationContext {
  readonly capabilities: RegistryCapabilities
  readonly login?: LoginAfterDelete
}

/** What the vendor says of a login with the token that was handed out, where it was asked. */
export type LoginAfterDelete = 'accepted' | 'refused'

/** A backend of several that has not heard of a change is the same one for less than this. */
const longestStaleSeconds = 600

/** How long after the first look that showed nothing a second one counts. */
export const secondLookSeconds = ({ landingWindowSeconds }: RegistryCapabilities): number =>
  Math.min(longestStaleSeconds, landingWindowSeconds)

/** When a delete that was accepted, and that nothing of ours could follow, has taken effect for certain. */
export const deletedAt = (
  { deleteAcceptedAt = -Infinity, deleteDoneAt = Infinity, settlesAt = 0 }: Credential,
  { deleteConsistency, uniqueNames }: RegistryCapabilities,
): Instant => {
  if (deleteAcceptedAt < settlesAt) return Infinity
  if (deleteConsistency === 'strong') return deleteAcceptedAt
  return uniqueNames ? deleteDoneAt : Infinity
}

/** Where deletes take their time, the token that was handed out is refused besides. */
const isDeleted = (credential: Credential, { capabilities, login }: RevocationContext, sentAt: Instant): boolean =>
  deletedAt(credential, capabilities) <= sentAt && (capabilities.deleteConsistency === 'strong' || login === 'refused')

/** Whether the vendor did not know of ours long before either: one backend of several may be stale. */
const isSecondLook = (
  { absentSince = Infinity }: Credential,
  capabilities: RegistryCapabilities,
  sentAt: Instant,
): boolean => capabilities.executesOnce || secondsAfter(absentSince, secondLookSeconds(capabilities)) <= sentAt

/**
 * One look that shows nothing may be that of a stale backend. It counts with a delete of ours that has taken effect,
 * with a look before it, or where nobody stands between us and the vendor.
 */
const isSurelyAbsent = (credential: Credential, context: RevocationContext, sentAt: Instant): boolean =>
  isDeleted(credential, context, sentAt) || isSecondLook(credential, context.capabilities, sentAt)

/**
 * Whether an object under the row's name can only be another one: nobody ever got ours, a delete of it has taken
 * effect, or its token is refused and was before.
 */
export const isOursNoMore = (credential: Credential, context: RevocationContext, sentAt: Instant): boolean =>
  !wasObtained(credential) ||
  isDeleted(credential, context, sentAt) ||
  (context.login === 'refused' && isSecondLook(credential, context.capabilities, sentAt))

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
        return uniqueNames && isOursNoMore(credential, context, sentAt) ? 'foreign_object' : undefined
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

const hasExpired = ({ expiresAt = Infinity }: Credential, now: Instant): boolean =>
  secondsAfter(expiresAt, clockAllowanceSeconds) <= now

/** When the request was sent, if nothing of ours could land after it. */
export const settledAt = ({ lease, settlesAt = -Infinity }: Credential): Instant | undefined =>
  lease === undefined || lease.takenAt < settlesAt ? undefined : lease.takenAt

/** An answer counts as proof only if its request was sent when nothing of ours could still land. */
export const proofOf = (
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

export const isForeign = (outcome: DeleteOutcome): boolean =>
  outcome.kind === 'absent' && outcome.evidence === 'foreign_object'

/**
 * Whether a login with the token that was handed out has to be refused before the answer counts as proof: wherever
 * logins follow at once, where nothing else makes it one, and where another object has the name.
 */
export const needsLogin = (
  credential: Credential,
  outcome: DeleteOutcome,
  capabilities: RegistryCapabilities,
  now: Instant,
): boolean => {
  if (credential.sealedToken === undefined || credential.username === undefined) return false
  if (outcome.kind !== 'deleted' && outcome.kind !== 'absent') return false
  const proofWith = (login?: LoginAfterDelete): ProofOfAbsence | undefined =>
    proofOf(credential, outcome, { capabilities, login }, now)
  if (proofWith('refused') === undefined) return isForeign(outcome) && settledAt(credential) !== undefined
  return capabilities.loginsFollowAtOnce === true || proofWith() === undefined
}
