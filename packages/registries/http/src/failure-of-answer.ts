import type { Instant, RefusedOutcome, UnknownOutcome } from '@pull-secret/domain'
import { headerValues, type HttpAnswer } from './http-message.ts'
import { retryAfterSeconds } from './retry-after.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * Whether the vendor's application spoke, and not a page of something in front of it. Applications answer JSON, or
 * nothing.
 */
const isFromApplication = (answer: HttpAnswer): boolean => answer.body.trim() === '' || isJson(answer.body)

/**
 * What an answer that is not the wanted one means. A definite no is reported as of the first step; a caller with
 * several steps says otherwise. 429 is definite whoever sends it: a limiter does not pass on what it limits.
 * Everything from 500 up may hide an execution.
 */
export const failureOfAnswer = (answer: HttpAnswer, now: Instant): RefusedOutcome | UnknownOutcome => {
  const { status } = answer
  if (status === 429) {
    const asked = retryAfterSeconds(headerValues(answer, 'retry-after')[0], now)
    return { kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: asked }
  }
  if (status >= 500) return { kind: 'unknown', problem: 'server_error' }
  if (status === 408) return { kind: 'unknown', problem: 'timeout' }
  if (status < 400 || !isFromApplication(answer)) return { kind: 'unknown', problem: 'unreadable_answer' }
  return {
    kind: 'refused',
    problem: status === 401 || status === 403 ? 'administrator_refused' : 'request_refused',
    firstStep: true,
  }
}
