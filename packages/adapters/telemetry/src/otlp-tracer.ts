import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { failureCodeOf } from './failure-code.ts'
import { followHttpCalls } from './http-calls.ts'
import { reportingExporter } from './reporting-exporter.ts'
import type { SpanEnd, SpanStart, TraceOrigin, Tracer } from './tracer.ts'
import type { TracerOptions } from './tracer-options.ts'

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const

const exportMilliseconds = 5000
const closeMilliseconds = 2000

/** No attribute of ours is longer. */
const longestAttribute = 256

/** Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off. */
const checked = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const

const openProvider = (
  { component, version, hostname, endpoint, ratio, headers, reportLoss }: TracerOptions,
  nextTraceId: () => string | undefined,
): TracerProvider => {
  const random = new RandomIdGenerator()
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    headers: () =>
      Promise.resolve(Object.fromEntries(Object.entries(headers()).map(([name, value]) => [name, value.reveal()]))),
    timeoutMillis: exportMilliseconds,
    httpAgentOptions: { keepAlive: true, ...checked },
  })
  return new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': component,
      'service.version': version,
      'host.name': hostname,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    idGenerator: {
      generateTraceId: () => nextTraceId() ?? random.generateTraceId(),
      generateSpanId: () => random.generateSpanId(),
    },
    spanLimits: { attributeValueLengthLimit: longestAttribute },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: reportingExporter(exporter, reportLoss),
        exportTimeoutMillis: 2 * exportMilliseconds,
      }),
    ],
  })
}

const causedBy = ({ traceId, parent }: TraceOrigin): Context =>
  parent === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId,
        spanId: parent.spanId,
        traceFlags: parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
        isRemote: true,
      })

const end = (span: Span, { attributes = {}, failure }: SpanEnd): void => {
  span.setAttributes(attributes)
  if (failure !== undefined) {
    span.setAttribute('error.type', failure)
    span.setStatus({ code: SpanStatusCode.ERROR })
  }
  span.end()
}

const resolvedWithin = async (milliseconds: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const timeIsUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, timeIsUp])
  clearTimeout(timer)
}

/**
 * Sends spans in batches, and drops them where the receiver does not keep up. Registers nothing globally: several of
 * them in one process know nothing of each other.
 */
export const makeOtlpTracer = (options: TracerOptions): Tracer => {
  let nextTraceId: string | undefined
  const provider = openProvider(options, () => nextTraceId)
  const tracer = provider.getTracer(options.component, options.version)
  const contexts = new AsyncLocalStorageContextManager().enable()

  const underWay = (): Context | undefined => {
    const context = contexts.active()
    return trace.getSpan(context) === undefined ? undefined : context
  }

  const causeOf = ({ kind, origin }: SpanStart): Context | undefined =>
    (kind === 'server' ? undefined : underWay()) ?? (origin === undefined ? undefined : causedBy(origin))

  const begin = ({ name, kind, attributes, origin }: SpanStart, cause: Context): Span => {
    // A trace that begins here has the id that logs and audit have for it.
    nextTraceId = origin?.traceId
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, cause)
    nextTraceId = undefined
    return span
  }

  const unfollow = followHttpCalls({
    begin: (start) => {
      const cause = underWay()
      return cause === undefined ? undefined : begin(start, cause)
    },
    end,
  })

  return {
    within: async (start, work, endOf = () => ({})) => {
      const cause = causeOf(start)
      if (cause === undefined) return work(undefined)
      const span = begin(start, cause)
      try {
        const answer = await contexts.with(trace.setSpan(cause, span), work, undefined, span.spanContext().spanId)
        end(span, endOf(answer))
        return answer
      } catch (error) {
        end(span, { failure: failureCodeOf(error) })
        throw error
      }
    },
    close: async () => {
      unfollow()
      await resolvedWithin(
        closeMilliseconds,
        provider.shutdown().catch(() => undefined),
      )
    },
  }
}
