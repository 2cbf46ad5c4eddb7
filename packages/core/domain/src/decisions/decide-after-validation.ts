import type { Cause } from '../audit/audit-record.ts'
import type { Credential, Verdict } from '../credentials/credential.ts'
import { type AuditEvent, decided, type Decision } from '../ledger/decision.ts'
import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { CallProblem, Validation } from '../registries/outcomes.ts'
import { backOffSeconds } from './back-off.ts'
import { nextOfEntry } from './entry-work.ts'
import { isOwnWaiting } from './patience.ts'

/** So many logins in a row are refused before that is a verdict. */
const refusalsBeforeVerdict = 3
/** So many bring neither yes nor no, over a quarter of an hour, before that is one. */
const vainLoginsBeforeVerdict = 10

/** One backend of several may not know a new credential yet: the next login is far enough away to meet another. */
const refusedAgainSeconds = 300
/** A credential that is refused may be mended at the registry. */
const invalidAgainSeconds = 3600
/** A registry that asks for no login, or never answers one, is asked ever more rarely. */
const longestVainSeconds = 86_400
/** It was not our turn. */
const waitingSeconds = 60

interface Look {
  readonly verdict?: Verdict
  /** Of one kind in a row: refused logins, or vain ones. */
  readonly tries: number
  readonly problem?: CallProblem
  /** When to look again; never where everything is well. */
  readonly againSeconds?: number
}

const lookOf = (credential: Credential, validation: Validation): Look => {
  const { id, verdict, tries, problem } = credential
  const wasRefused = problem === 'login_refused'
  switch (validation.kind) {
    case 'valid':
      return { verdict: 'valid', tries: 0 }
    case 'invalid': {
      const refused = wasRefused ? tries + 1 : 1
      return refused >= refusalsBeforeVerdict
        ? { verdict: 'invalid', tries: refused, problem: 'login_refused', againSeconds: invalidAgainSeconds }
        : { verdict, tries: refused, problem: 'login_refused', againSeconds: refusedAgainSeconds }
    }
    case 'indeterminate': {
      if (isOwnWaiting({ ...validation, kind: 'not_sent' }))
        return { verdict, tries, problem, againSeconds: waitingSeconds }
      if (verdict === 'invalid') return { verdict, tries, problem, againSeconds: invalidAgainSeconds }
      const vain = wasRefused ? 1 : tries + 1
      return {
        verdict: vain >= vainLoginsBeforeVerdict ? 'indeterminate' : verdict,
        tries: vain,
        againSeconds: backOffSeconds(vain, id, longestVainSeconds),
      }
    }
  }
}

const firstRefusal = (credential: Credential, verdict: Verdict | undefined, cause: Cause): ReadonlyArray<AuditEvent> =>
  verdict === 'invalid' && credential.verdict !== 'invalid'
    ? [{ cause, action: 'validate', credential, outcome: 'failure', metadata: { problem: 'login_refused' } }]
    : []

/**
 * What a login of ours with a published token shows. Nothing is revoked or replaced for it: a credential in use that is
 * refused calls for somebody.
 */
export const decideAfterValidation = (
  credential: Credential,
  validation: Validation,
  cause: Cause,
  now: Instant,
): Decision<void> => {
  const { againSeconds, ...look } = lookOf(credential, validation)
  const after: Credential = {
    ...credential,
    ...nextOfEntry(credential, againSeconds === undefined ? undefined : secondsAfter(now, againSeconds)),
    lease: undefined,
    verdict: look.verdict,
    tries: look.tries,
    problem: look.problem,
    stuckSince: look.verdict === 'invalid' ? (credential.stuckSince ?? now) : undefined,
  }
  return decided(
    undefined,
    [{ kind: 'credential_noted', before: credential, after }],
    firstRefusal(credential, look.verdict, cause),
  )
}
