import type { CallProblem, NotSentOutcome } from '@pull-secret/domain'
import { buildConnector } from 'undici'

/** What failed before a connection stood, hence before the first byte of a request. */
const connectErrors = new WeakSet<Error>()

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

const problemOf = (error: Error): CallProblem =>
  trustCodes.has(codeOf(error)) ? 'untrusted_certificate' : 'unreachable'

/** Connects as undici does, and remembers which errors came from connecting. */
export const makeConnector = (options: buildConnector.BuildOptions): buildConnector.connector => {
  const connect = buildConnector(options)
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error === null) callback(null, socket)
      else {
        connectErrors.add(error)
        callback(error, null)
      }
    })
  }
}

export const connectFailureOf = (error: unknown): NotSentOutcome | undefined =>
  error instanceof Error && connectErrors.has(error) ? { kind: 'not_sent', problem: problemOf(error) } : undefined
