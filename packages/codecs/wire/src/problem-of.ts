import type { Instant } from '@pull-secret/domain'
import { describeError } from './describe-error.ts'
import { type Problem, problemMediaType } from './problem.ts'
import type { AnsweredError } from './problem-table.ts'
import { timestampOf } from './text-codecs.ts'

/** What a problem tells of the request that met it. */
export interface ProblemContext {
  /** The path of the request; a query is left out. */
  readonly instance: string
  readonly traceId: string
  readonly now: Instant
  /** Ends with a slash. */
  readonly baseUrl: string
}

export interface ProblemAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Problem
}

const retryAfter = (seconds: number | undefined): Readonly<Record<string, string>> =>
  seconds === undefined ? {} : { 'Retry-After': String(seconds) }

/** The whole answer to a request that met an error. */
export const problemOf = (error: AnsweredError, context: ProblemContext): ProblemAnswer => {
  const { slug, status, title, code, symbol, detail, details, errors, retryAfterSeconds, headers } =
    describeError(error)
  return {
    status,
    headers: { 'Content-Type': problemMediaType, ...headers, ...retryAfter(retryAfterSeconds) },
    body: {
      type: `${context.baseUrl}${slug}`,
      title,
      status,
      detail,
      instance: context.instance.split('?')[0] ?? '',
      timestamp: timestampOf(context.now),
      trace_id: context.traceId,
      code,
      errors: [...errors],
      error: { code: symbol, message: detail, details },
    },
  }
}
