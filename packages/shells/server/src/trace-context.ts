import { randomUUID } from 'node:crypto'

const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)/
const lengthOfVersion00 = 55

/** 128 random bits as W3C Trace Context writes them. */
export const newTraceId = (): string => randomUUID().replaceAll('-', '')

/** The trace that a caller continues (W3C Trace Context), or a new one. */
export const traceIdOf = (header: string | ReadonlyArray<string> | undefined): string => {
  if (typeof header !== 'string') return newTraceId()
  const isTooLong = header.startsWith('00-') && header.length !== lengthOfVersion00
  return (isTooLong ? undefined : traceparent.exec(header)?.[1]) ?? newTraceId()
}
