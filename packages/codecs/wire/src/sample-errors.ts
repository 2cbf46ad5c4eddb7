import type { ProblemSlug } from './problem-kinds.ts'
import { type ProblemAnswer, problemOf } from './problem-of.ts'
import type { AnsweredError } from './problem-table.ts'

const clusterId = 'cls-abc123'

const notReady = {
  code: 'REGISTRIES_NOT_READY',
  clusterId,
  registries: [
    { registryId: 'quay', required: true, status: 'failing', problem: 'timeout' },
    { registryId: 'rhit', required: true, status: 'active' },
  ],
  retryAfterSeconds: 12,
} as const

/** One error of each kind, for examples in documents. Total: a new kind does not compile without an example. */
const sampleErrors: Readonly<Record<ProblemSlug, AnsweredError>> = {
  'value-required': {
    code: 'MISMATCHED',
    mismatches: [{ field: 'fingerprint', rule: 'required', message: 'fingerprint is required (a fingerprint)' }],
  },
  'value-invalid': {
    code: 'INVALID_INPUT',
    field: 'cloud_provider',
    rule: 'invalid',
    message: 'cloud_provider must be one of gcp, aws, azure, oci',
    validValues: ['gcp', 'aws', 'azure', 'oci'],
  },
  'format-invalid': {
    code: 'MISMATCHED',
    mismatches: [
      { field: 'region', rule: 'format', message: 'region must be 1 to 63 letters, digits, ".", "_" or "-"' },
    ],
  },
  'malformed-json': { code: 'MALFORMED_JSON' },
  'token-missing': { code: 'NOT_AUTHENTICATED', reason: 'missing' },
  'token-invalid': { code: 'NOT_AUTHENTICATED', reason: 'invalid' },
  'token-expired': { code: 'NOT_AUTHENTICATED', reason: 'expired' },
  forbidden: { code: 'NOT_ALLOWED', verb: 'delete', resource: 'pull-secrets' },
  'cluster-banned': {
    code: 'CLUSTER_BANNED',
    clusterId,
    reason: 'credentials found in a public build log',
    bannedAt: Date.UTC(2026, 1, 8, 9),
  },
  'no-such-route': { code: 'NO_SUCH_ROUTE' },
  'not-found': { code: 'PULL_SECRET_NOT_FOUND', clusterId },
  'method-not-allowed': { code: 'METHOD_NOT_ALLOWED', allowed: ['DELETE', 'GET', 'HEAD', 'POST'] },
  conflict: { code: 'INCARNATION_CONFLICT', clusterId, incarnation: 3, asked: 2 },
  'cluster-deleting': { code: 'CLUSTER_DELETING', clusterId, incarnation: 1 },
  'cluster-deleted': { code: 'CLUSTER_DELETED', clusterId, incarnation: 1 },
  'payload-too-large': { code: 'PAYLOAD_TOO_LARGE', limitBytes: 65_536 },
  'request-timeout': { code: 'REQUEST_TIMEOUT' },
  'rate-limit-exceeded': { code: 'RATE_LIMITED', limit: 100, windowSeconds: 60, retryAfterSeconds: 1 },
  'headers-too-large': { code: 'HEADERS_TOO_LARGE' },
  'unsupported-media-type': { code: 'UNSUPPORTED_MEDIA_TYPE' },
  'internal-error': { code: 'INTERNAL' },
  'service-unavailable': { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 2 },
  'registries-not-ready': { ...notReady, timedOut: false },
  'registries-timed-out': { ...notReady, timedOut: true },
}

/** The whole answer to the sample of a kind. */
export const sampleProblem = (slug: ProblemSlug, baseUrl: string): ProblemAnswer =>
  problemOf(sampleErrors[slug], {
    instance: slug === 'no-such-route' ? '/v1/cluster' : `/v1/clusters/${clusterId}/pull-secrets`,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    now: Date.UTC(2026, 1, 8, 10),
    baseUrl,
  })
