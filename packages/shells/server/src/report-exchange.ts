import type { Clock, Logger, Meter } from '@pull-secret/domain'
import type { Call } from './call.ts'
import { knownMethods } from './known-methods.ts'

export interface FinishedExchange {
  readonly method: string
  readonly template: string
  readonly status: number
  readonly errorCode?: string
  /** Where there are traces. */
  readonly spanId?: string
  /** Of the monotonic clock, in milliseconds. */
  readonly startedAt: number
  readonly call: Call
}

/** Counts, times and logs one answered request. */
export type ReportExchange = (exchange: FinishedExchange) => void

export interface ReportDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly meter: Meter
  /** Requests to these come every few seconds from machines: they are logged at level debug. */
  readonly quietTemplates: ReadonlySet<string>
}

const maximumUserAgentLength = 200

export const makeReportExchange =
  ({ clock, logger, meter, quietTemplates }: ReportDeps): ReportExchange =>
  ({ method, template, status, errorCode, spanId, startedAt, call }) => {
    const milliseconds = clock.monotonic() - startedAt
    const labels = {
      method: knownMethods.has(method) ? method : 'other',
      path: template,
      status_code: String(status),
    }
    meter.count('http_requests_total', labels)()
    meter.observe('http_request_duration_seconds', milliseconds / 1000, labels)()
    logger.log(quietTemplates.has(template) ? 'debug' : 'info', 'request answered', {
      method,
      path: template,
      status_code: status,
      duration_ms: Math.round(milliseconds * 10) / 10,
      error_code: errorCode,
      user_agent: call.headers['user-agent']?.slice(0, maximumUserAgentLength),
      request_id: call.requestId,
      trace_id: call.traceId,
      span_id: spanId,
      cluster_id: call.clusterId,
    })()
  }
