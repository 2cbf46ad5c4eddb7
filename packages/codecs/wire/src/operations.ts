import type { Resource, Verb } from '@pull-secret/domain'
import * as t from 'io-ts'
import { deletingBody } from './deleting-body.ts'
import { generateBody } from './generate-body.ts'
import { jobRunBody } from './job-run-body.ts'
import { pullSecretBody } from './pull-secret-body.ts'
import { deleteQuery, registriesQuery, retrieveQuery } from './queries.ts'
import { registriesBody } from './registries-body.ts'
import { healthBody, livenessBody, readinessBody } from './state-bodies.ts'
import { verificationAnswer, verificationBody } from './verification-body.ts'

/** What a caller must be allowed to do. */
export interface Permission {
  readonly verb: Verb
  readonly resource: Resource
}

/** Which of a caller's limits a request counts against. */
export type LimitClass = 'standard' | 'exempt'

/** One operation of the HTTP API. Its key in the table is its operation id. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Names in braces are path parameters. */
  readonly path: string
  readonly summary: string
  readonly permission: Permission | 'anonymous'
  readonly limitClass: LimitClass
  /** Absent: an operation of the product takes no parameters, and monitoring may send any, without effect. */
  readonly query?: t.Mixed
  /** Absent: a body is not read. */
  readonly body?: t.Mixed
  /** The body of each answer that is not a problem, by status. */
  readonly answers: Readonly<Record<number, t.Mixed>>
  /** GET alone: answers carry an ETag, and `If-None-Match` is answered with 304. */
  readonly isConditional?: boolean
}

const cluster = '/v1/clusters/{cluster_id}'
const pullSecrets = `${cluster}/pull-secrets` as const

const noBody = t.undefined

/** What the product does for callers. */
export const apiOperations = {
  generatePullSecret: {
    method: 'POST',
    path: pullSecrets,
    summary: 'Create the missing credentials of a cluster and return its pull secret; idempotent',
    permission: { verb: 'create', resource: 'pull-secrets' },
    limitClass: 'standard',
    body: generateBody,
    answers: { 200: pullSecretBody },
  },
  retrievePullSecret: {
    method: 'GET',
    path: pullSecrets,
    summary: 'Return the current pull secret of a cluster',
    permission: { verb: 'get', resource: 'pull-secrets' },
    limitClass: 'standard',
    query: retrieveQuery,
    answers: { 200: pullSecretBody },
    isConditional: true,
  },
  deletePullSecret: {
    method: 'DELETE',
    path: pullSecrets,
    summary: 'Revoke every credential of a cluster; idempotent',
    permission: { verb: 'delete', resource: 'pull-secrets' },
    limitClass: 'standard',
    query: deleteQuery,
    answers: { 202: deletingBody, 204: noBody },
  },
  verifyPullSecret: {
    method: 'POST',
    path: `${pullSecrets}/verification`,
    summary: 'Compare fingerprints of what a cluster holds with its current pull secret',
    permission: { verb: 'get', resource: 'pull-secrets' },
    limitClass: 'standard',
    body: verificationBody,
    answers: { 200: verificationAnswer },
  },
  listRegistries: {
    method: 'GET',
    path: '/v1/registries',
    summary: 'List the configured registries, optionally with a check of the access to each',
    permission: { verb: 'list', resource: 'registries' },
    limitClass: 'standard',
    query: registriesQuery,
    answers: { 200: registriesBody },
  },
  runJob: {
    method: 'POST',
    path: '/v1/jobs/{name}/runs',
    summary: 'Run a job now',
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
    summary: 'Report the state of the process and its components',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: healthBody },
  },
  metrics: {
    method: 'GET',
    path: '/v1/metrics',
    summary: 'Return the metrics in the Prometheus text format',
    permission: { verb: 'get', resource: 'metrics' },
    limitClass: 'exempt',
    answers: { 200: t.string },
  },
  liveness: {
    method: 'GET',
    path: '/healthz',
    summary: 'Report that the process runs',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: livenessBody },
  },
  readiness: {
    method: 'GET',
    path: '/readyz',
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

/** Every operation of the API port; server, SDK, CLI and documents read this table. */
export const operations = { ...apiOperations, ...probeOperations }

export type ApiOperationId = keyof typeof apiOperations
export type ProbeOperationId = keyof typeof probeOperations
export type OperationId = keyof typeof operations

type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never

/** The path parameters of an operation. */
export type ParametersOf<Id extends OperationId> = Readonly<
  Record<ParameterOf<(typeof operations)[Id]['path']>, string>
>

type QueryOf<Id extends OperationId> = (typeof operations)[Id] extends { readonly query: infer Query extends t.Mixed }
  ? { readonly query?: t.TypeOf<Query> }
  : { readonly query?: undefined }

type BodyOf<Id extends OperationId> = (typeof operations)[Id] extends { readonly body: infer Body extends t.Mixed }
  ? { readonly body: t.TypeOf<Body> }
  : { readonly body?: undefined }

/** A request for any operation. */
export interface AnyRequest {
  readonly parameters: Readonly<Record<string, string>>
  readonly query?: object
  readonly body?: unknown
}

/** A request for one operation, as its codecs read it. */
export type RequestOf<Id extends OperationId> = {
  readonly parameters: ParametersOf<Id>
} & QueryOf<Id> &
  BodyOf<Id>

type AnswerCodecs<Id extends OperationId> = (typeof operations)[Id]['answers']

/** An answer of one operation that is not a problem. */
export type AnswerOf<Id extends OperationId> = {
  [Status in keyof AnswerCodecs<Id>]: AnswerCodecs<Id>[Status] extends infer Codec extends t.Mixed
    ? { readonly status: Status; readonly body: t.TypeOf<Codec> }
    : never
}[keyof AnswerCodecs<Id>]
