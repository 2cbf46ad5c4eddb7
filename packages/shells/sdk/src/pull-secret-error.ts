/** Whether repeating the call later, unchanged, may succeed. */
const isRetryable = {
  /** The service, or this library before it, does not take the request; `details.field` names what is wrong. */
  INVALID_REQUEST: false,
  /** No token, or one that is not valid. */
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
  /** The service, its database or a required registry is not there at present. */
  SERVICE_UNAVAILABLE: true,
  /** A required registry takes its time; the service goes on. */
  UPSTREAM_TIMEOUT: true,
  INTERNAL_ERROR: true,
  /** The service could not be reached, or the connection was lost. */
  CONNECTION_FAILED: true,
  /** No answer within `timeoutMilliseconds`. */
  TIMED_OUT: true,
  /** What answered does not speak as this service does; mostly a wrong `baseUrl`. */
  UNEXPECTED_ANSWER: false,
  /** `embed` could not start; `details.faults` says why. */
  START_FAILED: false,
  /** `close` was called. */
  CLOSED: false,
} as const satisfies Readonly<Record<string, boolean>>

/** Every way in which a call can fail. Stable: a code keeps its meaning. */
export type PullSecretErrorCode = keyof typeof isRetryable

export interface PullSecretErrorParts {
  readonly retryAfterSeconds?: number
  readonly details?: Readonly<Record<string, unknown>>
  readonly traceId?: string
}

/** What every call rejects with. Neither its text nor its fields hold a token. */
export class PullSecretError extends Error {
  override readonly name = 'PullSecretError'
  readonly code: PullSecretErrorCode
  /** Whether repeating the call later, unchanged, may succeed. */
  readonly retryable: boolean
  /** How long the service asks to wait before that. */
  readonly retryAfterSeconds?: number
  /** More about this failure, by code: `field`, `valid_values`, `registries`, `faults`, … */
  readonly details: Readonly<Record<string, unknown>>
  /** Under which the service's log and audit tell of this request. */
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
