import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Span } from '@opentelemetry/api'
import { failureCodeOf } from './failure-code.ts'
import type { SpanEnd, SpanStart } from './tracer.ts'

export interface FollowHttpCallsDeps {
  /** Undefined where nothing is under way that a call could belong to. */
  readonly begin: (start: SpanStart) => Span | undefined
  readonly end: (span: Span, end: SpanEnd) => void
}

/** What undici tells of a request, by the same object from its beginning to its end. */
interface Request {
  readonly method: string
  readonly origin: string | URL
  readonly addHeader: (name: string, value: string) => void
}

interface Message {
  readonly request: Request
  readonly response?: { readonly statusCode: number }
  readonly error?: unknown
}

/** W3C Trace Context, level 1. Random numbers and one flag: it tells nobody anything. */
const traceparentOf = (span: Span): string => {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** Its path would name objects and accounts of the vendor. */
const startOf = ({ method, origin }: Request): SpanStart => {
  const { protocol, hostname, port } = new URL(origin)
  return {
    name: method,
    kind: 'client',
    attributes: {
      'http.request.method': method,
      'url.scheme': protocol.slice(0, -1),
      'server.address': hostname,
      'server.port': port === '' ? usualPorts[protocol] : Number(port),
    },
  }
}

/**
 * Makes a span of every request that undici sends on behalf of what is under way, and hands the trace on with it. A
 * refusal is an answer like any other: whether it was expected is known to who asked.
 *
 * @returns ends it
 */
export const followHttpCalls = ({ begin, end }: FollowHttpCallsDeps): (() => void) => {
  const open = new WeakMap<Request, { readonly span: Span; readonly status?: number }>()

  const finish = (request: Request, failure?: string): void => {
    const call = open.get(request)
    if (call === undefined) return
    open.delete(request)
    const { span, status } = call
    end(span, {
      attributes: { 'http.response.status_code': status },
      failure: failure ?? (status !== undefined && status >= 500 ? String(status) : undefined),
    })
  }

  const listeners: Readonly<Record<string, (message: Message) => void>> = {
    'undici:request:create': ({ request }) => {
      // To a proxy, for a connection that serves others as well.
      if (request.method === 'CONNECT') return
      const span = begin(startOf(request))
      if (span === undefined) return
      open.set(request, { span })
      request.addHeader('traceparent', traceparentOf(span))
    },
    'undici:request:headers': ({ request, response }) => {
      const call = open.get(request)
      if (call !== undefined) open.set(request, { ...call, status: response?.statusCode })
    },
    'undici:request:trailers': ({ request }) => {
      finish(request)
    },
    'undici:request:error': ({ request, error }) => {
      finish(request, failureCodeOf(error))
    },
  }
  const subscriptions = Object.entries(listeners).map(([channel, listener]) => {
    const told = (message: unknown): void => {
      listener(message as Message)
    }
    subscribe(channel, told)
    return () => unsubscribe(channel, told)
  })
  return () => {
    for (const unfollow of subscriptions) unfollow()
  }
}
