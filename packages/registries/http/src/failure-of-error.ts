import type { NotSentOutcome, UnknownOutcome } from '@pull-secret/domain'
import { BodyTooLong } from './bounded-body.ts'
import { codeOf, connectFailureOf } from './connect-failure.ts'

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')

/**
 * What an exchange that ended in an error says about its request. The error's own text is dropped: it may hold
 * anything.
 */
export const failureOfError = (error: unknown): NotSentOutcome | UnknownOutcome => {
  const connectFailure = connectFailureOf(error)
  if (connectFailure !== undefined) return connectFailure
  if (codeOf(error) === 'UND_ERR_INVALID_ARG') return { kind: 'not_sent', problem: 'request_refused' }
  if (isTimeout(error)) return { kind: 'unknown', problem: 'timeout' }
  return { kind: 'unknown', problem: error instanceof BodyTooLong ? 'unreadable_answer' : 'connection_lost' }
}
