/** Whether a retry of the same call may succeed. */
const isRetryable = {
  /** The service, or the SDK before it, refuses the request; `details.field` names the invalid field. */
  INVALID_REQUEST: false,
  /** The token is missing or invalid. */
  UNAUTHORIZED: false,
  FORBIDDEN: false,
  /** The cluster has no pull secret. */
  NOT_FOUND: false,
  CONFLICT: false,
  CLUSTER_DELETING: false,
  CLUSTER_DELETED: false,
  CLUSTER_BANNED: false,
  ROTATION_IN_PROGRESS: false,
  RATE_LIMIT_EXCEEDED: true,
  /** The service, its database or a required registry is unavailable. */
  SERVICE_UNAVAILABLE: true,
  /** A required registry is slow; the service keeps working on it. */
  UPSTREAM_TIMEOUT: true,
  INTERNAL_ERROR: true,
  /** The service could not be reached, or the connection was lost. */
  CONNECTION_FAILED: true,
  /** No response within `timeoutMilliseconds`. */
  TIMED_OUT: true,
  /** The response does not come from this service; usually `baseUrl` is wrong. */
  UNEXPECTED_ANSWER: false,
  /** `embed` could not start; `details.faults` says why. */
  START_FAILED: false,
  /** `close` was called. */
  CLOSED: false,
} as const satisfies Readonly<Record<string, boolean>>

/** Every way in which a call can fail. Codes are stable: they keep their meaning. */
export type PullSecretErrorCode = keyof typeof isRetryable

export interface PullSecretErrorParts {
  readonly retryAfterSeconds?: number
  readonly details?: Readonly<Record<string, unknown>>
  readonly traceId?: string
}

/** The error of every call. Its message and fields do not contain the token of the client. */
export class PullSecretError extends Error {
  override readonly name = 'PullSecretError'
  readonly code: PullSecretErrorCode
  /** Whether a retry of the same call may succeed. */
  readonly retryable: boolean
  /** How long to wait before a retry. */
  readonly retryAfterSeconds?: number
  /** More about this failure, by code: `field`, `valid_values`, `registries`, `faults`, … */
  readonly details: Readonly<Record<string, unknown>>
  /** Finds this request in the log and the audit of the service. */
  readonly traceId?: string

  constructor(
    code: PullSecretErrorCode,
    message: string,
    { retryAfterSeconds, details = {}, traceId }: PullSecretErrorParts = {},
  ) {
    super(message)
    this.code = code
    this.retryable = isRetryable[code]
    this.retryAfterSeconds = retryAfterSeconds
    this.details = details
    this.traceId = traceId
  }
}
