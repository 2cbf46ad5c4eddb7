import type { SpanEnd, SpanStart, Tracer } from '@pull-secret/telemetry'

/** A tracer that keeps what it is told, and how each span ended. */
export const aRecordingTracer = (): {
  readonly tracer: Tracer
  readonly spans: Array<SpanStart & { end?: SpanEnd }>
} => {
  const spans: Array<SpanStart & { end?: SpanEnd }> = []
  return {
    spans,
    tracer: {
      within: async (start, work, endOf) => {
        const span: SpanStart & { end?: SpanEnd } = { ...start }
        spans.push(span)
        const answer = await work(undefined)
        span.end = endOf?.(answer)
        return answer
      },
      close: () => Promise.resolve(),
    },
  }
}
