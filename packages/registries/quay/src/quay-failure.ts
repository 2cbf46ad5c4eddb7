import type { Instant, NotSentOutcome, RefusedOutcome, UnknownOutcome } from '@pull-secret/domain'
import { failureOfAnswer, type HttpResult } from '@pull-secret/registry-http'
import { saysReadOnly } from './quay-wire.ts'

export type QuayFailure = RefusedOutcome | UnknownOutcome | NotSentOutcome

/**
 * What a result that is not the wanted one means. A bearer token that is missing, invalid or expired shows as 401 on
 * a read
 * and as a 403 about CSRF on a change (quay/quay endpoints/csrf.py); both say that the administrator was refused.
 */
export const failureOf = (result: HttpResult, now: Instant): QuayFailure => {
  if (result.kind !== 'answered') return result
  return saysReadOnly(result)
    ? { kind: 'refused', problem: 'server_error', firstStep: true }
    : failureOfAnswer(result, now)
}
