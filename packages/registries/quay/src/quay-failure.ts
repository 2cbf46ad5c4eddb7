import type { Instant } from '@pull-secret/domain'
import { type CallFailure, failureOfResult, type HttpResult } from '@pull-secret/registry-http'
import { saysReadOnly } from './quay-wire.ts'

/**
 * What a result that is not the wanted one means. A bearer token that is missing, invalid or expired shows as 401 on
 * a read
 * and as a 403 about CSRF on a change (quay/quay endpoints/csrf.py); both say that the administrator was refused.
 */
export const failureOf = (result: HttpResult, now: Instant): CallFailure =>
  result.kind === 'answered' && saysReadOnly(result)
    ? { kind: 'refused', problem: 'server_error', firstStep: true }
    : failureOfResult(result, now)
