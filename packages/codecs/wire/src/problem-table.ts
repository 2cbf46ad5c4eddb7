import type { Mismatch } from '@pull-secret/decoding'
import type { DomainError, InputRule } from '@pull-secret/domain'
import type { FieldProblem } from './problem.ts'
import { problemKinds, type ProblemSlug } from './problem-kinds.ts'
import { toRegistryStatusBody } from './pull-secret-body.ts'
import type { ShellError } from './shell-error.ts'
import { timestampOf } from './text-codecs.ts'

export type AnsweredError = DomainError | ShellError

/** What one error makes of the problem of its kind. */
export interface ProblemContent {
  readonly slug: ProblemSlug
  readonly detail: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly errors?: ReadonlyArray<FieldProblem>
  readonly retryAfterSeconds?: number
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>
}

type ProblemTable = {
  readonly [C in AnsweredError['code']]: (error: Extract<AnsweredError, { readonly code: C }>) => ProblemContent
}

const slugOfRule: Readonly<Record<InputRule | Mismatch['rule'], ProblemSlug>> = {
  required: 'value-required',
  invalid: 'value-invalid',
  format: 'format-invalid',
  unknown: 'value-invalid',
}

const tokenProblems = {
  missing: { slug: 'token-missing', detail: 'The request has no bearer token', challenge: 'Bearer' },
  invalid: {
    slug: 'token-invalid',
    detail: 'The bearer token is not valid',
    challenge: 'Bearer error="invalid_token"',
  },
  expired: {
    slug: 'token-expired',
    detail: 'The bearer token has expired',
    challenge: 'Bearer error="invalid_token", error_description="The token expired"',
  },
} as const

const fieldProblemOf = (mismatch: Pick<Mismatch, 'field' | 'rule' | 'message'>): FieldProblem => ({
  field: mismatch.field,
  code: problemKinds[slugOfRule[mismatch.rule]].code,
  message: mismatch.message,
})

const unavailable = (detail: string, retryAfterSeconds: number): ProblemContent => ({
  slug: 'service-unavailable',
  detail,
  retryAfterSeconds,
})

/** In seconds, minutes or hours, whichever is whole: `1s`, `1m`, `1h`. */
const windowText = (seconds: number): string => {
  if (seconds % 60 !== 0) return `${String(seconds)}s`
  return seconds % 3600 === 0 ? `${String(seconds / 3600)}h` : `${String(seconds / 60)}m`
}

/** No retry and no caller can fix it. The log has the cause, for operators. */
const internal: ProblemContent = { slug: 'internal-error', detail: 'Internal error' }

/** Total: an error without a row does not compile. No text in it comes from a rejected value. */
export const problemTable: ProblemTable = {
  INVALID_INPUT: (error) => ({
    slug: slugOfRule[error.rule],
    detail: error.message,
    details: { field: error.field, ...(error.validValues === undefined ? {} : { valid_values: error.validValues }) },
    errors: [fieldProblemOf(error)],
  }),
  MISMATCHED: ({ mismatches }) => ({
    slug: slugOfRule[mismatches[0]?.rule ?? 'invalid'],
    detail: mismatches.map(({ message }) => message).join('; '),
    details: { field: mismatches[0]?.field ?? '' },
    errors: mismatches.map(fieldProblemOf),
  }),
  MALFORMED_JSON: () => ({ slug: 'malformed-json', detail: 'The body is not valid JSON' }),
  NOT_AUTHENTICATED: ({ reason }) => {
    const { slug, detail, challenge } = tokenProblems[reason]
    return { slug, detail, headers: { 'WWW-Authenticate': challenge } }
  },
  NOT_ALLOWED: ({ verb, resource }) => ({
    slug: 'forbidden',
    detail: `Not allowed to ${verb} ${resource}`,
    details: { verb, resource },
  }),
  ACCESS_UNAVAILABLE: ({ retryAfterSeconds }) =>
    unavailable('The caller cannot be authenticated right now: the access service is unavailable', retryAfterSeconds),
  NO_SUCH_ROUTE: () => ({ slug: 'no-such-route', detail: 'No such route' }),
  PULL_SECRET_NOT_FOUND: ({ clusterId }) => ({
    slug: 'not-found',
    detail: `Pull secret not found for cluster ${clusterId}`,
    details: { cluster_id: clusterId },
  }),
  CLUSTER_NOT_FOUND: ({ clusterId }) => ({
    slug: 'not-found',
    detail: `Cluster ${clusterId} never had a pull secret`,
    details: { cluster_id: clusterId },
  }),
  METHOD_NOT_ALLOWED: ({ allowed }) => ({
    slug: 'method-not-allowed',
    detail: `This route accepts only ${allowed.join(', ')}`,
    details: { allowed },
    headers: { Allow: allowed.join(', ') },
  }),
  CLUSTER_BANNED: ({ clusterId, reason, bannedAt }) => ({
    slug: 'cluster-banned',
    detail: `Cluster ${clusterId} is banned: ${reason}`,
    details: { cluster_id: clusterId, reason, banned_at: timestampOf(bannedAt) },
  }),
  CLUSTER_DELETING: ({ clusterId, incarnation }) => ({
    slug: 'cluster-deleting',
    detail: `Cluster ${clusterId} is being deleted`,
    details: { cluster_id: clusterId, incarnation },
  }),
  CLUSTER_DELETED: ({ clusterId, incarnation }) => ({
    slug: 'cluster-deleted',
    detail: `Cluster ${clusterId} is deleted; to recreate it, set "recreate" to its incarnation`,
    details: { cluster_id: clusterId, incarnation },
  }),
  INCARNATION_CONFLICT: ({ clusterId, incarnation }) => ({
    slug: 'conflict',
    detail:
      incarnation === 0
        ? `Cluster ${clusterId} has never lived here; leave its incarnation out`
        : `Cluster ${clusterId} does not have the requested incarnation`,
    details: { cluster_id: clusterId, incarnation },
  }),
  PAYLOAD_TOO_LARGE: ({ limitBytes }) => ({
    slug: 'payload-too-large',
    detail: `The body is larger than ${String(limitBytes)} bytes`,
    details: { limit_bytes: limitBytes },
  }),
  RATE_LIMITED: ({ limit, windowSeconds, retryAfterSeconds }) => ({
    slug: 'rate-limit-exceeded',
    detail: `Rate limit exceeded: ${String(limit)} requests in ${windowText(windowSeconds)}`,
    details: { limit, window: windowText(windowSeconds), retry_after: retryAfterSeconds },
    retryAfterSeconds,
  }),
  REQUEST_TIMEOUT: () => ({
    slug: 'request-timeout',
    detail: 'The request did not arrive whole in time',
    retryAfterSeconds: 1,
  }),
  HEADERS_TOO_LARGE: () => ({ slug: 'headers-too-large', detail: 'The headers are larger than 16 KiB' }),
  UNSUPPORTED_MEDIA_TYPE: () => ({ slug: 'unsupported-media-type', detail: 'The body must be application/json' }),
  REGISTRIES_NOT_READY: ({ clusterId, registries, retryAfterSeconds, timedOut }) => ({
    slug: timedOut ? 'registries-timed-out' : 'registries-not-ready',
    detail: [
      `Not every required registry of cluster ${clusterId} is ready yet`,
      'the service keeps working on it, retry later',
    ].join('; '),
    details: { cluster_id: clusterId, registries: registries.map(toRegistryStatusBody) },
    retryAfterSeconds,
  }),
  LEDGER_UNAVAILABLE: ({ retryAfterSeconds }) => unavailable('The database is unavailable', retryAfterSeconds),
  LEDGER_OUTCOME_UNKNOWN: ({ retryAfterSeconds }) =>
    unavailable('The database did not confirm the change; retry', retryAfterSeconds),
  KEY_UNAVAILABLE: () => unavailable('A stored credential cannot be decrypted: its key is not in the key ring', 30),
  NAME_DRAWN_TWICE: () => unavailable('No unused name could be drawn for a credential; retry', 1),
  FENCE_LOST: () => unavailable('Another replica took over the work; retry', 1),
  SHARED_OBJECT_BUSY: () => unavailable('Another replica is writing to the registry; retry', 5),
  DRAINING: () => unavailable('This replica is shutting down; retry', 1),
  DEPLOYMENT_MISMATCH: () => internal,
  SCOPE_CHANGED: () => internal,
  KEY_CHANGED: () => internal,
  REGISTRY_MISSING: () => internal,
  INTERNAL: () => internal,
}
