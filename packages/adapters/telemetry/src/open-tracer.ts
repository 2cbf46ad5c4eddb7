import type { Tracer } from './tracer.ts'
import type { TracerOptions } from './tracer-options.ts'

/** Loads OpenTelemetry, which a process without traces never does. */
export const openTracer = async (options: TracerOptions): Promise<Tracer> =>
  (await import('./otlp-tracer.ts')).makeOtlpTracer(options)
