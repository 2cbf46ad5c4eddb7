import type { Cause } from '../audit/audit-record.ts'
import { clockAllowanceSeconds, type Credential } from '../credentials/credential.ts'
import { afterTransitions, type ClusterLedger } from '../ledger/cluster-ledger.ts'
import { type AuditEvent, decided, type Decision, type Transition } from '../ledger/decision.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { CallProblem, DeleteOutcome } from '../registries/outcomes.ts'
import { backOffSeconds, ownDelaySeconds } from './back-off.ts'
import { boundedDelaySeconds } from './bounded.ts'
import { finishDeletion } from './finish-deletion.ts'
import { isWorthTelling, problemAfter, stuckSinceAfter, triesAfter } from './patience.ts'
import {
  deletedAt,
  isForeign,
  isOursNoMore,
  type LoginAfterDelete,
  proofOf,
  type RevocationContext,
  secondLookSeconds,
  settledAt,
} from './proof-of-absence.ts'
import { revoked } from './revoke.ts'

/** Whether the vendor did not show our object: not at all, or another one while it refuses our token. */
const showsNothing = (outcome: DeleteOutcome, login: LoginAfterDelete | undefined): boolean =>
  outcome.kind === 'absent' && (!isForeign(outcome) || login === 'refused')

type Sightings = Partial<Pick<Credential, 'deleteAcceptedAt' | 'deleteDoneAt' | 'absentSince'>>

/** What an answer adds or takes away; that nothing was seen counts only when nothing of ours could land any more. */
const sightings = (
  credential: Credential,
  outcome: DeleteOutcome,
  { capabilities: { deletesTakeSeconds }, login }: RevocationContext,
  now: Instant,
): Sightings => {
  if (outcome.kind === 'deleted')
    return {
      deleteAcceptedAt: credential.lease?.takenAt,
      deleteDoneAt: deletesTakeSeconds === undefined ? undefined : secondsAfter(now, deletesTakeSeconds),
      absentSince: undefined,
    }
  if (showsNothing(outcome, login)) return { absentSince: credential.absentSince ?? settledAt(credential) }
  return login === 'accepted' ? { absentSince: undefined } : {}
}

/** What keeps an answer from being a proof for good: somebody has to look. */
const findingOf = (
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext,
): CallProblem | undefined => {
  const { capabilities, login } = context
  if (login === 'accepted' && capabilities.loginsFollowAtOnce === true) return 'still_accepted'
  if (isForeign(outcome) && !isOursNoMore(credential, context, settledAt(credential) ?? -Infinity))
    return 'marker_changed'
  return 'problem' in outcome ? outcome.problem : undefined
}

const nextTry = (
  credential: Credential,
  outcome: DeleteOutcome,
  context: RevocationContext,
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
  const { capabilities } = context
  const seen = { ...credential, ...sightings(credential, outcome, context, now) }
  const secondLookAt =
    seen.absentSince === undefined ? Infinity : secondsAfter(seen.absentSince, secondLookSeconds(capabilities))
  const provedAt = Math.min(deletedAt(seen, capabilities), secondLookAt)
  return provedAt === Infinity ? soon : Math.max(soon, provedAt)
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
    ...sightings(credential, outcome, context, now),
    lease: undefined,
    tries,
    nextAttemptAt: nextTry(credential, outcome, context, tries, now),
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
  const finding = problem ?? (isForeign(outcome) ? 'foreign_object' : undefined)
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
