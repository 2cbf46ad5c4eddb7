import { randomUUID } from 'node:crypto'
import type { TraceOrigin } from '@pull-secret/composition/server'

const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-|$)/
const lengthOfVersion00 = 55
const sampledFlag = 1

/** 128 random bits as W3C Trace Context writes them. */
export const newTraceId = (): string => randomUUID().replaceAll('-', '')

/** The trace that a caller continues (W3C Trace Context), or a new one. */
export const traceOriginOf = (header: string | ReadonlyArray<string> | undefined): TraceOrigin => {
  const isReadable = typeof header === 'string' && !(header.startsWith('00-') && header.length !== lengthOfVersion00)
  const [, traceId, spanId, flags] = (isReadable ? traceparent.exec(header) : undefined) ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return { traceId: newTraceId() }
  return { traceId, parent: { spanId, isSampled: (Number.parseInt(flags, 16) & sampledFlag) === sampledFlag } }
}
