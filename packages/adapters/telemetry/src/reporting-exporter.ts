import { ExportResultCode } from '@opentelemetry/core'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import { failureCodeOf } from './failure-code.ts'
import type { LostSpans } from './tracer-options.ts'

/** The same exporter, which tells what it could not send. */
export const reportingExporter = (exporter: SpanExporter, reportLoss: (lost: LostSpans) => void): SpanExporter => ({
  export: (spans, done) => {
    exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.FAILED)
        reportLoss({ spans: spans.length, reason: failureCodeOf(result.error) })
      done(result)
    })
  },
  forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  shutdown: () => exporter.shutdown(),
})
