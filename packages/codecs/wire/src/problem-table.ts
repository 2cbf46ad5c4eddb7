import type { Mismatch } from '@pull-secret/decoding'
import type { DomainError, InputRule } from '@pull-secret/domain'
import type { FieldProblem } from './problem.ts'
import { problemKinds, type ProblemSlug } from './problem-kinds.ts'
import { toRegistryStatusBody } from './pull-secret-body.ts'
import type { ShellError } from './shell-error.ts'

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

/** What no retry mends and no caller can: its cause is told to operators, in the log. */
const internal: ProblemContent = { slug: 'internal-error', detail: 'The service met an error of its own' }

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
  MALFORMED_JSON: () => ({ slug: 'malformed-json', detail: 'The body is not JSON' }),
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
    unavailable('Who calls cannot be found out at present', retryAfterSeconds),
  NO_SUCH_ROUTE: () => ({ slug: 'no-such-route', detail: 'The service has no such route' }),
  PULL_SECRET_NOT_FOUND: ({ clusterId }) => ({
    slug: 'not-found',
    detail: `Pull secret not found for cluster ${clusterId}`,
    details: { cluster_id: clusterId },
  }),
  METHOD_NOT_ALLOWED: ({ allowed }) => ({
    slug: 'method-not-allowed',
    detail: `The route takes ${allowed.join(', ')} only`,
    details: { allowed },
    headers: { Allow: allowed.join(', ') },
  }),
  CLUSTER_DELETING: ({ clusterId, incarnation }) => ({
    slug: 'cluster-deleting',
    detail: `Cluster ${clusterId} is being deleted`,
    details: { cluster_id: clusterId, incarnation },
  }),
  CLUSTER_DELETED: ({ clusterId, incarnation }) => ({
    slug: 'cluster-deleted',
    detail: `Cluster ${clusterId} is deleted; to make it live again, name its incarnation in "recreate"`,
    details: { cluster_id: clusterId, incarnation },
  }),
  INCARNATION_CONFLICT: ({ clusterId, incarnation }) => ({
    slug: 'conflict',
    detail: `Cluster ${clusterId} has another incarnation than the one asked for`,
    details: { cluster_id: clusterId, incarnation },
  }),
  PAYLOAD_TOO_LARGE: ({ limitBytes }) => ({
    slug: 'payload-too-large',
    detail: `The body is larger than ${String(limitBytes)} bytes`,
    details: { limit_bytes: limitBytes },
  }),
  UNSUPPORTED_MEDIA_TYPE: () => ({ slug: 'unsupported-media-type', detail: 'The body must be application/json' }),
  REGISTRIES_NOT_READY: ({ clusterId, registries, retryAfterSeconds, timedOut }) => ({
    slug: timedOut ? 'registries-timed-out' : 'registries-not-ready',
    detail: `Not every required registry of cluster ${clusterId} is ready; the service goes on, ask again`,
    details: { cluster_id: clusterId, registries: registries.map(toRegistryStatusBody) },
    retryAfterSeconds,
  }),
  LEDGER_UNAVAILABLE: ({ retryAfterSeconds }) =>
    unavailable('The database cannot be reached at present', retryAfterSeconds),
  LEDGER_OUTCOME_UNKNOWN: ({ retryAfterSeconds }) =>
    unavailable('The database did not confirm the change; ask again', retryAfterSeconds),
  KEY_UNAVAILABLE: () => unavailable('A stored credential cannot be opened at present', 30),
  FENCE_LOST: () => unavailable('Another process took the work over; ask again', 1),
  SHARED_OBJECT_BUSY: () => unavailable('The registry is being written to by another process; ask again', 5),
  DRAINING: () => unavailable('This process is stopping; ask again', 1),
  DEPLOYMENT_MISMATCH: () => internal,
  SCOPE_CHANGED: () => internal,
  REGISTRY_MISSING: () => internal,
  INTERNAL: () => internal,
}
