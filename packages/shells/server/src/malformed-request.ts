import type { Clock } from '@pull-secret/domain'
import { type AnsweredError, apiOperations, problemOf } from '@pull-secret/wire'
import { newTraceId } from './trace-context.ts'

/** What Node's parser says of bytes that never became a request; `rawPacket` is what it was reading. */
export interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
  readonly bytesParsed?: number
}

const mismatched = (message: string): AnsweredError => ({
  code: 'MISMATCHED',
  mismatches: [{ field: '', rule: 'format', message }],
})

export const methodsOfService: ReadonlyArray<string> = [
  ...new Set(Object.values(apiOperations).map(({ method }) => method)),
].sort()

const methodNotAllowed: AnsweredError = { code: 'METHOD_NOT_ALLOWED', allowed: methodsOfService }

/** A request line of HTTP, as far as can be seen; its method is any token of RFC 9110, 5.6.2. */
const looksLikeRequest = /^[\w!#$%&'*+.^`|~-]+ [^\s]+ HTTP\/1\.[01]\r?\n/

/** The line at which the parser stopped; requests before it in the packet were read. */
const lineOf = ({ rawPacket = Buffer.alloc(0), bytesParsed = 0 }: ParserError): string => {
  const start = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf(0x0a, bytesParsed - 1) + 1
  return rawPacket.subarray(start, start + 4096).toString('latin1')
}

export const errorOfParser = (error: ParserError): AnsweredError => {
  const { code = '' } = error
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'REQUEST_TIMEOUT' }
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'HEADERS_TOO_LARGE' }
    // A method of another protocol that the parser knows stops it at the version.
    case 'HPE_INVALID_CONSTANT':
    case 'HPE_INVALID_METHOD':
      return looksLikeRequest.test(lineOf(error)) ? methodNotAllowed : mismatched('the request must be HTTP/1.1')
    default:
      return mismatched('the request must be HTTP/1.1')
  }
}

export const connectRefused = methodNotAllowed

const reasonPhrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

export interface RawAnswer {
  readonly status: number
  readonly bytes: string
}

/** The whole answer, as bytes go over the wire, where there is no request that could be answered. */
export const rawAnswer = (
  error: AnsweredError,
  { clock, errorsBaseUrl }: { readonly clock: Pick<Clock, 'now'>; readonly errorsBaseUrl: string },
): RawAnswer => {
  const { headers, body } = problemOf(error, {
    instance: '/',
    traceId: newTraceId(),
    now: clock.now(),
    baseUrl: errorsBaseUrl,
  })
  const text = JSON.stringify(body)
  const lines = [
    `HTTP/1.1 ${String(body.status)} ${reasonPhrases[body.status] ?? ''}`,
    'Connection: close',
    `Content-Length: ${String(Buffer.byteLength(text))}`,
  ]
  return {
    status: body.status,
    bytes: [...lines, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', text].join('\r\n'),
  }
}
