import { described } from '@pull-secret/decoding'
import * as t from 'io-ts'
import { auditBody } from './audit-body.ts'
import { banOperations } from './ban-operations.ts'
import { clusterBody, clustersBody } from './clusters-body.ts'
import { deletingBody } from './deleting-body.ts'
import { generateBody } from './generate-body.ts'
import { jobRunBody } from './job-run-body.ts'
import { auditQuery, clustersQuery, stuckQuery } from './list-queries.ts'
import type { Operation } from './operation.ts'
import { pullSecretBody } from './pull-secret-body.ts'
import { deleteQuery, registriesQuery, retrieveQuery } from './queries.ts'
import { registriesBody } from './registries-body.ts'
import { replicasBody } from './replicas-body.ts'
import { healthBody, livenessBody, readinessBody } from './state-bodies.ts'
import { stuckBody } from './stuck-body.ts'
import { text } from './text-codecs.ts'
import { verificationAnswer, verificationBody } from './verification-body.ts'

const cluster = '/v1/clusters/{cluster_id}'
const pullSecrets = `${cluster}/pull-secrets` as const

/** What the product does for callers. */
export const apiOperations = {
  generatePullSecret: {
    method: 'POST',
    path: pullSecrets,
    tag: 'Pull Secrets',
    summary: 'Create the missing credentials of a cluster and return its pull secret; idempotent',
    description:
      'As long as a required registry has no credential the answer is 503: what exists is kept, and the work goes on.',
    permission: { verb: 'create', resource: 'pull-secrets' },
    limitClass: 'standard',
    body: generateBody,
    answers: { 200: pullSecretBody },
    problems: [
      'cluster-banned',
      'conflict',
      'cluster-deleting',
      'cluster-deleted',
      'registries-not-ready',
      'registries-timed-out',
    ],
  },
  retrievePullSecret: {
    method: 'GET',
    path: pullSecrets,
    tag: 'Pull Secrets',
    summary: 'Return the current pull secret of a cluster',
    permission: { verb: 'get', resource: 'pull-secrets' },
    limitClass: 'standard',
    query: retrieveQuery,
    answers: { 200: pullSecretBody },
    problems: ['cluster-banned', 'not-found'],
    isConditional: true,
  },
  deletePullSecret: {
    method: 'DELETE',
    path: pullSecrets,
    tag: 'Pull Secrets',
    summary: 'Revoke every credential of a cluster; idempotent',
    description: 'Repeat it until it is answered with 204. The service goes on in any case.',
    permission: { verb: 'delete', resource: 'pull-secrets' },
    limitClass: 'standard',
    query: deleteQuery,
    answers: { 202: deletingBody, 204: described(t.undefined, 'Every credential is proved revoked.') },
    problems: ['conflict'],
  },
  verifyPullSecret: {
    method: 'POST',
    path: `${pullSecrets}/verification`,
    tag: 'Pull Secrets',
    summary: 'Compare fingerprints of what a cluster holds with its current pull secret',
    description: 'Neither request nor answer holds a token.',
    permission: { verb: 'get', resource: 'pull-secrets' },
    limitClass: 'standard',
    body: verificationBody,
    answers: { 200: verificationAnswer },
    problems: ['cluster-banned', 'not-found'],
  },
  ...banOperations,
  listClusters: {
    method: 'GET',
    path: '/v1/clusters',
    tag: 'Clusters',
    summary: 'List clusters by id, with the states of their credentials',
    permission: { verb: 'list', resource: 'clusters' },
    limitClass: 'standard',
    query: clustersQuery,
    answers: { 200: clustersBody },
  },
  showCluster: {
    method: 'GET',
    path: cluster,
    tag: 'Clusters',
    summary: 'Show one cluster as lists show it',
    permission: { verb: 'get', resource: 'clusters' },
    limitClass: 'standard',
    answers: { 200: clusterBody },
    problems: ['not-found'],
  },
  listStuck: {
    method: 'GET',
    path: '/v1/stuck',
    tag: 'Clusters',
    summary: 'List work at registries that waits for somebody, with what to do about it',
    permission: { verb: 'list', resource: 'clusters' },
    limitClass: 'standard',
    query: stuckQuery,
    answers: { 200: stuckBody },
  },
  listAuditLog: {
    method: 'GET',
    path: '/v1/audit-log',
    tag: 'Clusters',
    summary: 'List records of the audit, the newest first',
    permission: { verb: 'list', resource: 'audit-log' },
    limitClass: 'standard',
    query: auditQuery,
    answers: { 200: auditBody },
  },
  listRegistries: {
    method: 'GET',
    path: '/v1/registries',
    tag: 'Registries',
    summary: 'List the configured registries, optionally with a check of the access to each',
    permission: { verb: 'list', resource: 'registries' },
    limitClass: 'standard',
    query: registriesQuery,
    answers: { 200: registriesBody },
  },
  listReplicas: {
    method: 'GET',
    path: '/v1/replicas',
    tag: 'Replicas',
    summary: 'List the processes that write the ledger',
    permission: { verb: 'list', resource: 'replicas' },
    limitClass: 'standard',
    answers: { 200: replicasBody },
  },
  runJob: {
    method: 'POST',
    path: '/v1/jobs/{name}/runs',
    tag: 'Jobs',
    summary: 'Run a job now',
    description: 'May take as long as the job has.',
    permission: { verb: 'create', resource: 'jobs' },
    limitClass: 'standard',
    answers: { 200: jobRunBody },
  },
} as const satisfies Readonly<Record<string, Operation>>

/** What monitoring asks of one process. */
export const probeOperations = {
  health: {
    method: 'GET',
    path: '/v1/health',
    tag: 'Monitoring',
    summary: 'Report the state of the process and its components',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: healthBody },
  },
  metrics: {
    method: 'GET',
    path: '/v1/metrics',
    tag: 'Monitoring',
    summary: 'Return the metrics in the Prometheus text format',
    description: 'Needs no token where `access.anonymous_metrics` is set.',
    permission: { verb: 'get', resource: 'metrics' },
    limitClass: 'exempt',
    answers: { 200: text('The metrics.', 'up 1\n') },
    mediaType: 'text/plain',
  },
  liveness: {
    method: 'GET',
    path: '/healthz',
    tag: 'Monitoring',
    summary: 'Report that the process runs',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: livenessBody },
  },
  readiness: {
    method: 'GET',
    path: '/readyz',
    tag: 'Monitoring',
    summary: 'Report whether the process is ready for requests',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: readinessBody, 503: readinessBody },
  },
} as const satisfies Readonly<Record<string, Operation>>

/** What the metrics port serves, to whoever reaches it. */
export const metricsPortOperations = {
  scrapeMetrics: { ...probeOperations.metrics, path: '/metrics', permission: 'anonymous' },
} as const satisfies Readonly<Record<string, Operation>>

/** The description of the API itself. */
export const descriptionOperations = {
  describeApi: {
    method: 'GET',
    path: '/v1/openapi.json',
    tag: 'Description',
    summary: 'Return the OpenAPI description of this API as JSON',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: described(t.UnknownRecord, 'An OpenAPI 3.1 document.', { example: { openapi: '3.1.0' } }) },
    isConditional: true,
  },
  describeApiAsYaml: {
    method: 'GET',
    path: '/v1/openapi.yaml',
    tag: 'Description',
    summary: 'Return the OpenAPI description of this API as YAML',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: text('An OpenAPI 3.1 document.', 'openapi: 3.1.0\n') },
    mediaType: 'application/yaml',
    isConditional: true,
  },
} as const satisfies Readonly<Record<string, Operation>>

/** Every operation of the API port; server, SDK, CLI and documents read this table. */
export const operations = { ...apiOperations, ...probeOperations, ...descriptionOperations }

export type ApiOperationId = keyof typeof apiOperations
export type ProbeOperationId = keyof typeof probeOperations
export type DescriptionOperationId = keyof typeof descriptionOperations
export type OperationId = keyof typeof operations
