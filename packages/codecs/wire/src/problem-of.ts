import type { Instant } from '@pull-secret/domain'
import { type Problem, problemMediaType } from './problem.ts'
import { type ProblemKind, problemKinds } from './problem-kinds.ts'
import { type AnsweredError, type ProblemContent, problemTable } from './problem-table.ts'
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

const contentOf = (error: AnsweredError): ProblemContent =>
  (problemTable[error.code] as (error: AnsweredError) => ProblemContent)(error)

const retryAfter = (seconds: number | undefined): Readonly<Record<string, string>> =>
  seconds === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) }

/** The whole answer to a request that met an error. */
export const problemOf = (error: AnsweredError, context: ProblemContext): ProblemAnswer => {
  const content = contentOf(error)
  const kind: ProblemKind = problemKinds[content.slug]
  return {
    status: kind.status,
    headers: { 'Content-Type': problemMediaType, ...content.headers, ...retryAfter(content.retryAfterSeconds) },
    body: {
      type: `${context.baseUrl}${content.slug}`,
      title: kind.title,
      status: kind.status,
      detail: content.detail,
      instance: context.instance.split('?')[0] ?? '',
      timestamp: timestampOf(context.now),
      trace_id: context.traceId,
      code: kind.code,
      errors: [...(content.errors ?? [])],
      error: { code: kind.symbol, message: content.detail, details: { ...content.details } },
    },
  }
}
