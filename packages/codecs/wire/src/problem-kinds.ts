/** The symbolic code of a problem, for programs. */
export type ProblemSymbol =
  | 'INVALID_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'CONFLICT'
  | 'CLUSTER_BANNED'
  | 'CLUSTER_DELETING'
  | 'CLUSTER_DELETED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMIT_EXCEEDED'
  | 'INTERNAL_ERROR'
  | 'SERVICE_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'

/** What all problems of one kind share. */
export interface ProblemKind {
  readonly status: number
  readonly title: string
  readonly code: `HYPERFLEET-${string}-${string}`
  readonly symbol: ProblemSymbol
}

const kind = (status: number, title: string, code: string, symbol: ProblemSymbol): ProblemKind => ({
  status,
  title,
  code: `HYPERFLEET-${code}` as ProblemKind['code'],
  symbol,
})

/** Every kind of problem by the slug that ends its `type`. Each has a page in the documentation. */
export const problemKinds = {
  'value-required': kind(400, 'Value Required', 'VAL-001', 'INVALID_REQUEST'),
  'value-invalid': kind(400, 'Invalid Value', 'VAL-002', 'INVALID_REQUEST'),
  'format-invalid': kind(400, 'Invalid Format', 'VAL-003', 'INVALID_REQUEST'),
  'malformed-json': kind(400, 'Malformed JSON', 'VAL-006', 'INVALID_REQUEST'),
  'token-missing': kind(401, 'Token Missing', 'AUT-001', 'UNAUTHORIZED'),
  'token-invalid': kind(401, 'Token Invalid', 'AUT-002', 'UNAUTHORIZED'),
  'token-expired': kind(401, 'Token Expired', 'AUT-003', 'UNAUTHORIZED'),
  forbidden: kind(403, 'Forbidden', 'AUZ-001', 'FORBIDDEN'),
  'cluster-banned': kind(403, 'Cluster Banned', 'AUZ-001', 'CLUSTER_BANNED'),
  'no-such-route': kind(404, 'No Such Route', 'NTF-000', 'NOT_FOUND'),
  'not-found': kind(404, 'Not Found', 'NTF-001', 'NOT_FOUND'),
  'method-not-allowed': kind(405, 'Method Not Allowed', 'NTF-000', 'METHOD_NOT_ALLOWED'),
  'request-timeout': kind(408, 'Request Timeout', 'VAL-003', 'INVALID_REQUEST'),
  conflict: kind(409, 'Conflict', 'CNF-003', 'CONFLICT'),
  'cluster-deleting': kind(409, 'Cluster Is Being Deleted', 'CNF-003', 'CLUSTER_DELETING'),
  'cluster-deleted': kind(409, 'Cluster Deleted', 'CNF-003', 'CLUSTER_DELETED'),
  'payload-too-large': kind(413, 'Payload Too Large', 'VAL-002', 'PAYLOAD_TOO_LARGE'),
  'unsupported-media-type': kind(415, 'Unsupported Media Type', 'VAL-003', 'UNSUPPORTED_MEDIA_TYPE'),
  'rate-limit-exceeded': kind(429, 'Rate Limit Exceeded', 'LMT-001', 'RATE_LIMIT_EXCEEDED'),
  'headers-too-large': kind(431, 'Headers Too Large', 'VAL-002', 'PAYLOAD_TOO_LARGE'),
  'internal-error': kind(500, 'Internal Error', 'INT-001', 'INTERNAL_ERROR'),
  'service-unavailable': kind(503, 'Service Unavailable', 'SVC-001', 'SERVICE_UNAVAILABLE'),
  'registries-not-ready': kind(503, 'Registries Not Ready', 'SVC-001', 'SERVICE_UNAVAILABLE'),
  'registries-timed-out': kind(503, 'Registries Timed Out', 'SVC-002', 'UPSTREAM_TIMEOUT'),
} as const satisfies Readonly<Record<string, ProblemKind>>

export type ProblemSlug = keyof typeof problemKinds
