import type { CallProblem, NotSentOutcome } from '@pull-secret/domain'
import type { buildConnector } from 'undici'
import { endedByRefusal, noteRefusal } from './refused-sockets.ts'

/** What failed before a connection stood: no request was read. */
const connectErrors = new WeakMap<Error, NotSentOutcome>()

const trustCodes = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * TLS alerts by which a server turns our certificate away (RFC 8446, 6.2), as OpenSSL names them. TLS 1.3 sends them
 * after the client has finished its handshake, when a request may be on its way already; the server reads none of it.
 */
const refusal = /_ALERT_(?:(?:BAD|NO|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/

const refusesCertificate = (error: unknown): boolean => refusal.test(codeOf(error))

/** How servers of TLS 1.2 turn a certificate away without saying why; without one it is about ciphers. */
const failsHandshake = (error: unknown): boolean => codeOf(error).endsWith('_ALERT_HANDSHAKE_FAILURE')

/** As with a refusal by the vendor's application, the next attempt is not within seconds. */
const certificateRefused: NotSentOutcome = {
  kind: 'not_sent',
  problem: 'client_certificate_refused',
  retryAfterSeconds: 30,
}

const problemOf = (error: Error): CallProblem =>
  trustCodes.has(codeOf(error)) ? 'untrusted_certificate' : 'unreachable'

/** Connects in the given way, and remembers which errors came from connecting: no request was read then. */
export const rememberingConnector = (
  connect: buildConnector.connector,
  showsCertificate: boolean,
): buildConnector.connector => {
  const outcomeOf = (error: Error): NotSentOutcome =>
    refusesCertificate(error) || (showsCertificate && failsHandshake(error))
      ? certificateRefused
      : { kind: 'not_sent', problem: problemOf(error) }
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error === null) {
        socket.once('error', (late: Error) => {
          if (refusesCertificate(late)) noteRefusal(socket)
        })
        callback(null, socket)
      } else {
        connectErrors.set(error, outcomeOf(error))
        callback(error, null)
      }
    })
  }
}

export const connectFailureOf = (error: unknown): NotSentOutcome | undefined => {
  if (endedByRefusal(error)) return certificateRefused
  return error instanceof Error ? connectErrors.get(error) : undefined
}
