import type { Clock } from '@pull-secret/domain'
import { problemOf } from '@pull-secret/wire'
import { newTraceId } from './trace-context.ts'

/** The whole answer, as bytes go over the wire, to a client whose bytes are no HTTP request. */
export const malformedRequestAnswer = ({
  clock,
  errorsBaseUrl,
}: {
  readonly clock: Clock
  readonly errorsBaseUrl: string
}): string => {
  const { headers, body } = problemOf(
    {
      code: 'MISMATCHED',
      mismatches: [{ field: '', rule: 'format', message: 'the request must be HTTP, with headers of at most 16 KiB' }],
    },
    { instance: '/', traceId: newTraceId(), now: clock.now(), baseUrl: errorsBaseUrl },
  )
  const text = JSON.stringify(body)
  const lines = [
    `HTTP/1.1 ${String(body.status)} Bad Request`,
    'Connection: close',
    `Content-Length: ${String(Buffer.byteLength(text))}`,
  ]
  return [...lines, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', text].join('\r\n')
}
