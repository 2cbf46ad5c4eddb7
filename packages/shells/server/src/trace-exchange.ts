import type { TraceOrigin, Tracer } from '@pull-secret/composition/server'
import { knownMethods } from './known-methods.ts'
import { unmatched } from './unmatched.ts'

/** A request before it is answered. */
export interface BegunExchange {
  readonly method: string
  readonly template: string
  /** The path as it was sent, where repeating it is harmless. */
  readonly instance: string
  readonly clusterId?: string
  readonly requestId: string
  readonly origin: TraceOrigin
}

interface Outcome {
  readonly status: number
  readonly errorCode?: string
}

/** Answers a request within a span, whose id the answer is told where there is one. */
export type TraceExchange = <A extends Outcome>(
  request: BegunExchange,
  answer: (spanId: string | undefined) => Promise<A>,
) => Promise<A>

const oursSince = 500

const nameOf = ({ method, template }: BegunExchange): string => {
  const known = knownMethods.has(method) ? method : 'HTTP'
  return template === unmatched ? known : `${known} ${template}`
}

const attributesOf = ({ method, template, instance, clusterId, requestId }: BegunExchange) => ({
  'http.request.method': knownMethods.has(method) ? method : '_OTHER',
  'http.route': template === unmatched ? undefined : template,
  'url.path': instance,
  'hyperfleet.cluster_id': clusterId,
  'hyperfleet.request_id': requestId,
})

const endOf = ({ status, errorCode }: Outcome) => ({
  attributes: { 'http.response.status_code': status, 'hyperfleet.error_code': errorCode },
  failure: status >= oursSince ? (errorCode ?? String(status)) : undefined,
})

/** `quietTemplates`: requests to these come every few seconds from machines and leave no span. */
export const makeTraceExchange =
  (tracer: Tracer | undefined, quietTemplates: ReadonlySet<string>): TraceExchange =>
  (request, answer) =>
    tracer === undefined || quietTemplates.has(request.template)
      ? answer(undefined)
      : tracer.within(
          { name: nameOf(request), kind: 'server', attributes: attributesOf(request), origin: request.origin },
          answer,
          endOf,
        )
