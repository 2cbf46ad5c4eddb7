import type { CounterName, GaugeName, HistogramName } from '@pull-secret/domain'

/** What a metric means, and the labels it may carry beside `component` and `version`. */
export interface MetricDefinition {
  readonly help: string
  readonly labels: ReadonlyArray<string>
}

export interface HistogramDefinition extends MetricDefinition {
  /** Upper bounds in seconds. */
  readonly buckets: ReadonlyArray<number>
}

const callBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const queryBuckets = [0.0005, 0.001, 0.0025, ...callBuckets]

const waitBuckets = [...callBuckets, 25, 60]

const http = ['method', 'path', 'status_code']
const registryCall = ['registry', 'operation', 'outcome']

export const counterDefinitions: Readonly<Record<CounterName, MetricDefinition>> = {
  credential_operations_total: {
    help: 'Credentials created or revoked at a registry, or served, by result',
    labels: ['registry', 'operation', 'status'],
  },
  credential_validations_total: {
    help: 'Logins with published credentials, by what they showed',
    labels: ['registry', 'result'],
  },
  registry_calls_total: { help: 'Calls of a registry, by outcome', labels: registryCall },
  http_requests_total: { help: 'HTTP requests answered', labels: http },
  db_errors_total: { help: 'Failures of the database, by the class of their SQLSTATE', labels: ['class'] },
  cipher_failures_total: { help: 'Ciphertexts that could not be opened or made, by reason', labels: ['reason'] },
  rate_limited_total: { help: 'Requests refused by a rate limit, by class', labels: ['class'] },
  access_problems_total: { help: 'Reviews of callers that gave no answer, by problem', labels: ['problem'] },
}

export const histogramDefinitions: Readonly<Record<HistogramName, HistogramDefinition>> = {
  registry_call_duration_seconds: {
    help: 'Time of one call of a registry: its requests, and what each waited for its turn',
    labels: registryCall,
    buckets: callBuckets,
  },
  registry_budget_wait_seconds: {
    help: 'Time that a request to a registry waited for its turn, by what it is for',
    labels: ['registry', 'priority', 'outcome'],
    buckets: waitBuckets,
  },
  http_request_duration_seconds: { help: 'Time from request to answer', labels: http, buckets: callBuckets },
  db_query_duration_seconds: {
    help: 'Time from sending a statement to the database to its end',
    labels: [],
    buckets: queryBuckets,
  },
}

/** Gauges whose values are asked for at every scrape. */
export type FollowedGaugeName =
  | 'own_credential_expiry_seconds'
  | 'encryption_key_age_seconds'
  | 'db_connections'
  | 'recovery_backlog'
  | 'recovery_backlog_age_seconds'
  | 'stuck_credentials'

export const followedGaugeDefinitions: Readonly<Record<FollowedGaugeName, MetricDefinition>> = {
  own_credential_expiry_seconds: {
    help: 'Time until a certificate or token of the service itself expires; below 0 once it has',
    labels: ['registry', 'kind'],
  },
  db_connections: {
    help: 'Connections to the database: idle, in use, and how many there may be at most',
    labels: ['state'],
  },
  encryption_key_age_seconds: { help: 'Age of the key that encrypts, by its date in the key ring', labels: [] },
  recovery_backlog: {
    help: 'Credentials whose work is due and not begun, up to 10,000; the same from every replica',
    labels: ['registry', 'work'],
  },
  recovery_backlog_age_seconds: {
    help: 'How long the first of them has been due; the same from every replica',
    labels: ['registry', 'work'],
  },
  stuck_credentials: {
    help: 'Credentials that wait for somebody, up to 10,000; the same from every replica',
    labels: ['registry', 'work'],
  },
}

export const gaugeDefinitions: Readonly<Record<GaugeName, MetricDefinition>> = {
  registry_budget_used_ratio: {
    help: 'Part of the call budget that this process used in the last minute; the sum over all replicas is used',
    labels: ['registry'],
  },
  registry_circuit_open: {
    help: '1 while a registry that failed again and again is asked rarely',
    labels: ['registry'],
  },
  http_requests_in_flight: { help: 'HTTP requests being answered', labels: [] },
}
