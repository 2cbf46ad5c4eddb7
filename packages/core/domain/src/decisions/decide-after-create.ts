import type { Cause } from '../audit/audit-record.ts'
import type { Credential } from '../credentials/credential.ts'
import { afterTransitions, type ClusterLedger } from '../ledger/cluster-ledger.ts'
import { type AuditEvent, decided, type Decision, type Transition } from '../ledger/decision.ts'
import type { SealedText } from '../platform/cipher.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { RegistryCapabilities } from '../registries/capabilities.ts'
import type { CreateOutcome, NotSentOutcome, RefusedOutcome, UnknownOutcome } from '../registries/outcomes.ts'
import type { Registry } from '../registries/registry.ts'
import { backOffSeconds, ownDelaySeconds } from './back-off.ts'
import { boundedDelaySeconds, boundedInstant } from './bounded.ts'
import { nextOfNewEntry } from './entry-work.ts'
import { isWorthTelling, problemAfter, stuckSinceAfter, triesAfter } from './patience.ts'
import { publish } from './publish.ts'
import { revokeAndReplace } from './replace.ts'

type Created = Extract<CreateOutcome, { kind: 'created' }>

/** A vendor's answer whose token is already sealed. */
export type RecordedCreateOutcome =
  (Omit<Created, 'token'> & { readonly sealedToken: SealedText }) | Exclude<CreateOutcome, Created>

export interface AnswerContext {
  readonly registry: Registry
  readonly registries: ReadonlyArray<Registry>
  readonly cause: Cause
}

/** Waiting on our part differs from waiting on the vendor's: a definite refusal is not repeated within seconds. */
const refusalDelaySeconds = 30

const nextTry = (
  credential: Credential,
  outcome: RefusedOutcome | UnknownOutcome | NotSentOutcome,
  tries: number,
  now: Instant,
): Instant => {
  const backOff = backOffSeconds(tries, credential.id)
  if (outcome.kind === 'unknown') return secondsAfter(now, backOff)
  const ownDelay = ownDelaySeconds(outcome)
  if (ownDelay !== undefined) return secondsAfter(now, ownDelay)
  return secondsAfter(
    now,
    Math.max(
      boundedDelaySeconds(outcome.retryAfterSeconds) ?? (outcome.kind === 'refused' ? refusalDelaySeconds : 0),
      backOff,
    ),
  )
}

const settled = (credential: Credential, registry: Registry): Instant | undefined =>
  registry.client.capabilities.executesOnce && credential.attempts === 1 ? undefined : credential.settlesAt

/** A token that has just been minted is not minted again sooner, whatever its vendor says. */
const shortestLifeSeconds = 60

/**
 * When a credential ends, as far as it can be believed: what ends by itself does so within its longest lifetime. That
 * counts from when it was asked for: a process that stood still records the answer much later.
 */
const endOf = (
  { lease }: Credential,
  { expiresAt }: Extract<RecordedCreateOutcome, { kind: 'created' }>,
  { maximumLifetimeSeconds }: RegistryCapabilities,
  now: Instant,
): Instant | undefined => {
  const announced = boundedInstant(expiresAt)
  return maximumLifetimeSeconds === undefined
    ? announced
    : Math.min(announced ?? Infinity, secondsAfter(lease?.takenAt ?? now, maximumLifetimeSeconds))
}

/**
 * When a token is minted again: when its vendor says so, at half of its life at the latest. What is there for good is
 * never asked for again, whatever its vendor says: an attempt for a name that is taken would give a credential up that
 * is in use.
 */
const mintedAgainAt = (
  { refreshAfter }: Extract<RecordedCreateOutcome, { kind: 'created' }>,
  { recoveryClass }: RegistryCapabilities,
  end: Instant | undefined,
  now: Instant,
): Instant | undefined => {
  if (recoveryClass !== 'stateless') return undefined
  const latest = end === undefined ? Infinity : (now + end) / 2
  const wanted = Math.min(boundedInstant(refreshAfter) ?? Infinity, latest)
  return wanted === Infinity ? undefined : Math.round(Math.max(secondsAfter(now, shortestLifeSeconds), wanted))
}

const lifetimeOf = (
  credential: Credential,
  outcome: Extract<RecordedCreateOutcome, { kind: 'created' }>,
  { client: { capabilities } }: Registry,
  now: Instant,
): Pick<Credential, 'expiresAt' | 'refreshAfter'> => {
  const expiresAt = endOf(credential, outcome, capabilities, now)
  return { expiresAt, refreshAfter: mintedAgainAt(outcome, capabilities, expiresAt, now) }
}

const withToken = (
  credential: Credential,
  outcome: Extract<RecordedCreateOutcome, { kind: 'created' }>,
  registry: Registry,
  now: Instant,
): Credential => ({
  ...credential,
  lease: undefined,
  problem: undefined,
  tries: 0,
  stuckSince: undefined,
  outcome: 'created',
  settlesAt: settled(credential, registry),
  username: outcome.username,
  sealedToken: outcome.sealedToken,
  vendorId: outcome.vendorId ?? credential.vendorId,
  ...lifetimeOf(credential, outcome, registry, now),
  verdict: undefined,
  nextAttemptAt: undefined,
})

const afterSuccess = (
  credential: Credential,
  outcome: Extract<RecordedCreateOutcome, { kind: 'created' }>,
  context: AnswerContext,
  now: Instant,
): Transition => {
  const after = withToken(credential, outcome, context.registry, now)
  return credential.state === 'intended'
    ? {
        kind: 'credential_moved',
        rule: 'C3',
        before: credential,
        after: { ...after, state: 'ready' },
        cause: context.cause,
      }
    : {
        kind: 'credential_noted',
        before: credential,
        after: { ...after, ...nextOfNewEntry(after, context.registry, now) },
      }
}

/** What the row looks like when the attempt did not bring a credential and may be repeated. */
const afterFailure = (
  credential: Credential,
  outcome: RefusedOutcome | UnknownOutcome | NotSentOutcome,
  registry: Registry,
  now: Instant,
): Credential => {
  const tries = triesAfter(credential, outcome)
  const waiting = {
    ...credential,
    lease: undefined,
    tries,
    problem: problemAfter(credential, outcome),
    stuckSince: stuckSinceAfter(credential, tries, now),
    nextAttemptAt: nextTry(credential, outcome, tries, now),
  }
  const isOnlyAttempt = credential.attempts === 1
  switch (outcome.kind) {
    case 'unknown':
      return { ...waiting, vendorId: outcome.vendorId ?? credential.vendorId }
    case 'refused':
      return outcome.firstStep && isOnlyAttempt
        ? { ...waiting, outcome: 'refused_at_first_step', settlesAt: settled(credential, registry) }
        : waiting
    case 'not_sent':
      return isOnlyAttempt
        ? { ...waiting, attempts: 0, outcome: 'none', settlesAt: undefined }
        : { ...waiting, attempts: credential.attempts - 1 }
  }
}

const isLostForGood = (credential: Credential, outcome: RecordedCreateOutcome, registry: Registry): boolean =>
  outcome.kind === 'name_burnt' ||
  (registry.client.capabilities.recoveryClass === 'one-shot' &&
    credential.state === 'intended' &&
    (outcome.kind === 'unknown' || (outcome.kind === 'refused' && !outcome.firstStep)))

const failureEvents = (
  credential: Credential,
  outcome: Exclude<RecordedCreateOutcome, { kind: 'created' }>,
  cause: Cause,
): ReadonlyArray<AuditEvent> => {
  const problem = outcome.kind === 'name_burnt' ? 'name_taken' : outcome.problem
  if (!isWorthTelling(credential, { kind: outcome.kind, problem })) return []
  const { attempts } = credential
  return [
    {
      cause,
      action: 'create',
      credential,
      outcome: outcome.kind === 'unknown' ? 'unknown' : 'failure',
      metadata: { problem, attempts, tries: triesAfter(credential, outcome) },
    },
  ]
}

/** What a vendor's answer to a create makes of its row, and of the document if that was the last required registry. */
export const decideAfterCreate = (
  ledger: ClusterLedger,
  credential: Credential,
  outcome: RecordedCreateOutcome,
  context: AnswerContext,
  now: Instant,
): Decision<void> => {
  if (outcome.kind === 'created') {
    const success = afterSuccess(credential, outcome, context, now)
    return decided(undefined, [
      success,
      ...publish(afterTransitions(ledger, [success]), context.registries, context.cause, now),
    ])
  }
  const events = failureEvents(credential, outcome, context.cause)
  if (isLostForGood(credential, outcome, context.registry)) {
    const burnt =
      outcome.kind === 'unknown' ? { ...credential, vendorId: outcome.vendorId ?? credential.vendorId } : credential
    const { capabilities } = context.registry.client
    return decided(undefined, revokeAndReplace(ledger, burnt, { capabilities, cause: context.cause }, now), events)
  }
  if (outcome.kind === 'name_burnt') return decided(undefined, [], events)
  return decided(
    undefined,
    [{ kind: 'credential_noted', before: credential, after: afterFailure(credential, outcome, context.registry, now) }],
    events,
  )
}
