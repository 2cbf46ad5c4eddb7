import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { type ListenerTls, startListener } from '../http/listener.ts'

/** A span as it arrived; ids in hexadecimal digits. */
export interface ReceivedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  /** Absent or empty: the trace begins with it. */
  readonly parentSpanId?: string
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  readonly isError: boolean
}

/** A receiver of traces. */
export interface TraceReceiver {
  /** Without a path. */
  readonly url: string
  readonly spans: () => ReadonlyArray<ReceivedSpan>
  /** Every body as it arrived. */
  readonly received: () => string
  /** The headers of the last request. */
  readonly headers: () => IncomingMessage['headers']
  /** From now on every request is answered with this status; undefined: with none at all. */
  readonly answerWith: (status: number | undefined) => void
  readonly close: () => Promise<void>
}

interface JsonValue {
  readonly stringValue?: string
  readonly intValue?: number
  readonly doubleValue?: number
  readonly boolValue?: boolean
}

interface JsonSpan extends Omit<ReceivedSpan, 'attributes' | 'isError'> {
  readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: JsonValue }>
  readonly status: { readonly code?: number }
}

interface JsonTraces {
  readonly resourceSpans: ReadonlyArray<{
    readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<JsonSpan> }>
  }>
}

const path = '/v1/traces'
const errorStatus = 2

const valueOf = ({ stringValue, intValue, doubleValue, boolValue }: JsonValue): string | number | boolean =>
  stringValue ?? intValue ?? doubleValue ?? boolValue ?? ''

const spansOf = (body: string): ReadonlyArray<ReceivedSpan> =>
  (JSON.parse(body) as JsonTraces).resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map(({ attributes, status, ...span }) => ({
      ...span,
      attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)])),
      isError: status.code === errorStatus,
    }))

/** Receives OTLP over HTTP in JSON on loopback, with TLS where it is given, and keeps what arrives. */
export const startTraceReceiver = async (tls?: ListenerTls): Promise<TraceReceiver> => {
  const bodies: Array<string> = []
  let lastHeaders: IncomingMessage['headers'] = {}
  let status: number | undefined = 200

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    lastHeaders = request.headers
    if (status === undefined) return
    const isRight = request.method === 'POST' && request.url === path
    if (isRight && status === 200) bodies.push(body)
    response.writeHead(isRight ? status : 404, { 'content-type': 'application/json' }).end('{}')
  }

  const listener = await startListener({
    host: '127.0.0.1',
    port: 0,
    tls,
    respond: (request, response) => void respond(request, response),
  })
  return {
    url: listener.url,
    spans: () => bodies.flatMap(spansOf),
    received: () => bodies.join('\n'),
    headers: () => lastHeaders,
    answerWith: (next) => {
      status = next
    },
    close: listener.close,
  }
}
