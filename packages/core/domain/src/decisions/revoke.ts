import type { Cause } from '../audit/audit-record.ts'
import type { Credential, ProofOfAbsence } from '../credentials/credential.ts'
import type { CredentialRule } from '../credentials/credential-transitions.ts'
import type { Transition } from '../ledger/decision.ts'
import { type Instant, laterOf, secondsAfter } from '../platform/instant.ts'
import type { RegistryCapabilities } from '../registries/capabilities.ts'
import { raiseFence } from './lease.ts'

type Moved = Extract<Transition, { kind: 'credential_moved' }>

/**
 * Nothing was ever sent for the row, or its only attempt was refused before anything was created and nobody on the
 * way can still execute it a second time.
 * A shared object is another matter: whoever writes it writes every attempted row into it.
 */
const cannotExist = (credential: Credential, capabilities: RegistryCapabilities | undefined): boolean =>
  capabilities?.sharedObject === false &&
  (credential.attempts === 0 ||
    (credential.attempts === 1 && credential.outcome === 'refused_at_first_step' && credential.settlesAt === undefined))

/** The row proved gone: its token is erased and nothing is due any more. */
export const revoked = (
  credential: Credential,
  rule: 'C4' | 'C14',
  proof: ProofOfAbsence,
  cause: Cause,
  now: Instant,
): Moved => ({
  kind: 'credential_moved',
  rule,
  before: credential,
  cause,
  after: {
    ...raiseFence(credential),
    state: 'revoked',
    proof,
    revokedAt: now,
    sealedToken: undefined,
    nextAttemptAt: undefined,
    nextWork: undefined,
    problem: undefined,
    stuckSince: undefined,
  },
})

/** A minted token whose answer was lost ends by itself, at the latest one lifetime after it could have been minted. */
const endOfLife = (
  credential: Credential,
  capabilities: RegistryCapabilities | undefined,
  now: Instant,
): Instant | undefined =>
  capabilities?.maximumLifetimeSeconds === undefined || capabilities.revocable
    ? credential.expiresAt
    : laterOf(credential.expiresAt, secondsAfter(credential.settlesAt ?? now, capabilities.maximumLifetimeSeconds))

const ruleFor: Readonly<Record<'intended' | 'ready' | 'active' | 'retiring', CredentialRule>> = {
  intended: 'C5',
  ready: 'C8',
  active: 'C11',
  retiring: 'C12',
}

/**
 * Moves a row out of use, whoever holds it; a row that cannot exist at the vendor is revoked at once.
 * A row that is already being revoked gives nothing.
 */
export const revokeNow = (
  credential: Credential,
  capabilities: RegistryCapabilities | undefined,
  cause: Cause,
  now: Instant,
): Moved | undefined => {
  if (credential.state === 'revoking' || credential.state === 'revoked') return undefined
  if (credential.state === 'intended' && cannotExist(credential, capabilities))
    return revoked(credential, 'C4', 'never_sent', cause, now)
  return {
    kind: 'credential_moved',
    rule: ruleFor[credential.state],
    before: credential,
    cause,
    after: {
      ...raiseFence(credential),
      state: 'revoking',
      expiresAt: endOfLife(credential, capabilities, now),
      nextAttemptAt: now,
      nextWork: undefined,
      tries: 0,
      stuckSince: undefined,
    },
  }
}
