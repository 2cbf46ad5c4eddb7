import type { ErrorDescription, ProblemSymbol } from '@pull-secret/wire'
import { PullSecretError, type PullSecretErrorCode } from './pull-secret-error.ts'

/** Symbols that the contract names beyond those that this release of the service sends. */
type FurtherSymbol = 'ROTATION_IN_PROGRESS'

const codeOfSymbol: Readonly<Record<ProblemSymbol | FurtherSymbol, PullSecretErrorCode>> = {
  INVALID_REQUEST: 'INVALID_REQUEST',
  UNAUTHORIZED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_ALLOWED: 'UNEXPECTED_ANSWER',
  CONFLICT: 'CONFLICT',
  CLUSTER_DELETING: 'CLUSTER_DELETING',
  CLUSTER_DELETED: 'CLUSTER_DELETED',
  CLUSTER_BANNED: 'CLUSTER_BANNED',
  ROTATION_IN_PROGRESS: 'ROTATION_IN_PROGRESS',
  PAYLOAD_TOO_LARGE: 'INVALID_REQUEST',
  UNSUPPORTED_MEDIA_TYPE: 'UNEXPECTED_ANSWER',
  RATE_LIMIT_EXCEEDED: 'RATE_LIMIT_EXCEEDED',
  INTERNAL_ERROR: 'INTERNAL_ERROR',
  SERVICE_UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  UPSTREAM_TIMEOUT: 'UPSTREAM_TIMEOUT',
}

const codeOfStatus: Readonly<Record<number, PullSecretErrorCode>> = {
  400: 'INVALID_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  408: 'TIMED_OUT',
  409: 'CONFLICT',
  429: 'RATE_LIMIT_EXCEEDED',
  502: 'SERVICE_UNAVAILABLE',
  503: 'SERVICE_UNAVAILABLE',
  504: 'UPSTREAM_TIMEOUT',
}

/**
 * The code for a status alone. A 404 without a problem document does not come from the service: it does not mean that
 * there is no pull secret.
 */
export const codeOf = (status: number): PullSecretErrorCode =>
  codeOfStatus[status] ?? (status >= 500 ? 'INTERNAL_ERROR' : 'UNEXPECTED_ANSWER')

const isKnown = (symbol: string): symbol is keyof typeof codeOfSymbol => Object.hasOwn(codeOfSymbol, symbol)

/** The platform's code for a request that reached no route: the address of the service is wrong. */
const noSuchRoute = 'HYPERFLEET-NTF-000'

/** An error as the service reports it, remote or embedded. */
export type ReportedError = Pick<ErrorDescription, 'status' | 'detail' | 'details' | 'errors' | 'retryAfterSeconds'> & {
  readonly code: string
  readonly symbol: string
}

/** A symbol that this release does not know is read by its status. */
export const errorOfDescription = (
  { status, code, symbol, detail, details, errors, retryAfterSeconds }: ReportedError,
  traceId: string,
): PullSecretError => {
  if (code === noSuchRoute)
    return new PullSecretError('UNEXPECTED_ANSWER', `${detail}: is the address of the service right?`, { traceId })
  return new PullSecretError(isKnown(symbol) ? codeOfSymbol[symbol] : codeOf(status), detail, {
    retryAfterSeconds,
    traceId,
    details: errors.length === 0 ? details : { ...details, errors },
  })
}
