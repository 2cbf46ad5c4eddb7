import type { NotSentOutcome, UnknownOutcome } from '@pull-secret/domain'
import { BodyTooLong } from './bounded-body.ts'
import { codeOf, connectFailureOf } from './connect-failure.ts'

/**
 * In TLS 1.3 a server refuses a client certificate after the client believes that the handshake is over,
 * and ends the connection without looking at what was sent on it.
 */
const refusedHandshake = /_ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:REVOKED|EXPIRED|UNKNOWN|REQUIRED)|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)$/

const isTimeout = (error: unknown): boolean => error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')

/** What an exchange that ended in an error says about its request. The error's own text is dropped: it may hold anything. */
export const failureOfError = (error: unknown): NotSentOutcome | UnknownOutcome => {
  const connectFailure = connectFailureOf(error)
  if (connectFailure !== undefined) return connectFailure
  if (codeOf(error) === 'UND_ERR_INVALID_ARG') return { kind: 'not_sent', problem: 'request_refused' }
  if (refusedHandshake.test(codeOf(error))) return { kind: 'not_sent', problem: 'administrator_refused' }
  if (isTimeout(error)) return { kind: 'unknown', problem: 'timeout' }
  return { kind: 'unknown', problem: error instanceof BodyTooLong ? 'unreadable_answer' : 'connection_lost' }
}
