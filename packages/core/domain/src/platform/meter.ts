import type { IO } from 'fp-ts/lib/IO.js'

/** Labels have few values; a cluster id is never one. */
export type MeterLabels = Readonly<Record<string, string>>

export type CounterName =
  | 'credential_operations_total'
  | 'credential_validations_total'
  | 'registry_calls_total'
  | 'http_requests_total'
  | 'db_errors_total'
  | 'cipher_failures_total'
  | 'access_problems_total'
  | 'rate_limited_total'
export type HistogramName =
  | 'registry_call_duration_seconds'
  | 'registry_budget_wait_seconds'
  | 'http_request_duration_seconds'
  | 'db_query_duration_seconds'
export type GaugeName = 'http_requests_in_flight' | 'registry_circuit_open' | 'registry_budget_used_ratio'

export interface Meter {
  readonly count: (name: CounterName, labels: MeterLabels) => IO<void>
  readonly observe: (name: HistogramName, value: number, labels: MeterLabels) => IO<void>
  readonly set: (name: GaugeName, value: number, labels: MeterLabels) => IO<void>
}
