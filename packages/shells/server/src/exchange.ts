import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate as endOfTurn } from 'node:timers/promises'
import { describeThrown } from '@pull-secret/api'
import type { Clock, Logger, Meter } from '@pull-secret/domain'
import { type AnsweredError, type Problem, problemOf } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { Answer } from './answer.ts'
import type { AnswerCall, Call } from './call.ts'
import type { ClientAddress } from './client-address.ts'
import { closeAfterAnswer } from './closing-connection.ts'
import { hasBody, jsonBody } from './json-body.ts'
import type { ReportExchange } from './report-exchange.ts'
import { traceOriginOf } from './trace-context.ts'
import type { TraceExchange } from './trace-exchange.ts'

/** A request that was matched to a route, or to none. */
export interface Matched {
  /** The path as the route table writes it, for logs and metrics. */
  readonly template: string
  /** The path as it was sent, where repeating it is harmless. */
  readonly instance: string
  readonly parameters: Readonly<Record<string, string>>
  readonly clusterId?: string
  readonly answer: AnswerCall
}

export interface ExchangeDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly meter: Meter
  readonly report: ReportExchange
  readonly trace: TraceExchange
  readonly errorsBaseUrl: string
  readonly bodyLimitBytes: number
  readonly clientAddress: ClientAddress
  readonly isDraining: () => boolean
}

export interface Exchanges {
  /** Answers one request, come what may. */
  readonly answer: (request: IncomingMessage, response: ServerResponse, matched: Matched) => void
  /** Resolves when no request is being answered. */
  readonly idle: () => Promise<void>
}

interface Outcome extends Answer {
  readonly errorCode?: string
}

const commonHeaders = { 'Cache-Control': 'no-store', Vary: 'Authorization', 'X-Content-Type-Options': 'nosniff' }

const queryOf = (url: string): string => {
  const mark = url.indexOf('?')
  return mark < 0 ? '' : url.slice(mark + 1)
}

const send = (
  response: ServerResponse,
  { status, headers, body }: Answer,
  { requestId, isLast }: { readonly requestId: string; readonly isLast: boolean },
): void => {
  const length = status === 204 || status === 304 ? {} : { 'Content-Length': Buffer.byteLength(body) }
  response.writeHead(status, {
    ...commonHeaders,
    ...headers,
    ...length,
    'X-Request-ID': requestId,
    ...(isLast ? { Connection: 'close' } : {}),
  })
  response.end(body)
}

/** A small body may have come with the headers and be read a moment later; what is still missing then is a long one. */
const isUnfinished = async (request: IncomingMessage): Promise<boolean> => {
  if (request.complete || !hasBody(request.headers)) return false
  await endOfTurn()
  return !request.complete
}

export const makeExchanges = (deps: ExchangeDeps): Exchanges => {
  const { clock, logger, meter, report, trace, errorsBaseUrl, bodyLimitBytes, clientAddress, isDraining } = deps
  let open = 0
  let whenIdle: Array<() => void> = []

  const problemAnswer = (error: AnsweredError, { instance }: Matched, { traceId }: Call): Outcome => {
    const { status, headers, body }: { status: number; headers: Readonly<Record<string, string>>; body: Problem } =
      problemOf(error, { instance, traceId, now: clock.now(), baseUrl: errorsBaseUrl })
    return { status, headers, body: JSON.stringify(body), errorCode: body.code }
  }

  /** The one place where tasks end: an expected failure becomes a problem, and whatever throws is an internal error. */
  const outcomeOf = async (matched: Matched, call: Call): Promise<Outcome> => {
    try {
      const result = await matched.answer(call)()
      return E.isRight(result) ? result.right : problemAnswer(result.left, matched, call)
    } catch (thrown) {
      logger.log('error', 'request failed with an unexpected error', {
        ...describeThrown(thrown),
        path: matched.template,
        request_id: call.requestId,
        trace_id: call.traceId,
      })()
      return problemAnswer({ code: 'INTERNAL' }, matched, call)
    }
  }

  const exchange = async (request: IncomingMessage, response: ServerResponse, matched: Matched): Promise<void> => {
    const startedAt = clock.monotonic()
    const { headers, method = '' } = request
    const origin = traceOriginOf(headers['traceparent'])
    const added: Record<string, string> = {}
    const call: Call = {
      headers,
      address: clientAddress(request.socket.remoteAddress, headers['x-forwarded-for'] ?? ''),
      parameters: matched.parameters,
      query: queryOf(request.url ?? ''),
      clusterId: matched.clusterId,
      requestId: randomUUID(),
      traceId: origin.traceId,
      addHeaders: (more) => () => void Object.assign(added, more),
      body: jsonBody(request, bodyLimitBytes),
    }
    const outcome = await trace({ ...matched, method, requestId: call.requestId, origin }, async (spanId) => ({
      ...(await outcomeOf(matched, call)),
      spanId,
    }))
    const isUnread = await isUnfinished(request)
    if (isUnread) closeAfterAnswer(request.socket)
    send(
      response,
      { ...outcome, headers: { ...added, ...outcome.headers } },
      { requestId: call.requestId, isLast: isDraining() || isUnread },
    )
    report({
      method,
      template: matched.template,
      status: outcome.status,
      errorCode: outcome.errorCode,
      spanId: outcome.spanId,
      startedAt,
      call,
    })
  }

  const cannotAnswer =
    (response: ServerResponse) =>
    (thrown: unknown): void => {
      logger.log('error', 'response could not be sent or reported', describeThrown(thrown))()
      response.destroy()
    }

  const closed = (): void => {
    open -= 1
    meter.set('http_requests_in_flight', open, {})()
    if (open > 0) return
    whenIdle.forEach((resolve) => resolve())
    whenIdle = []
  }

  return {
    answer: (request, response, matched) => {
      open += 1
      meter.set('http_requests_in_flight', open, {})()
      void exchange(request, response, matched).catch(cannotAnswer(response)).finally(closed)
    },
    idle: () =>
      new Promise((resolve) => {
        if (open === 0) resolve()
        else whenIdle.push(resolve)
      }),
  }
}
