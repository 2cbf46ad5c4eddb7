import type { FieldProblem } from './problem.ts'
import { type ProblemKind, problemKinds, type ProblemSlug } from './problem-kinds.ts'
import { type AnsweredError, type ProblemContent, problemTable } from './problem-table.ts'

/** The description of an error for every shell: HTTP, SDK and CLI. */
export interface ErrorDescription extends ProblemKind {
  readonly slug: ProblemSlug
  readonly detail: string
  readonly details: Readonly<Record<string, unknown>>
  readonly errors: ReadonlyArray<FieldProblem>
  /** Whole seconds, at least 1; present where a retry may help. */
  readonly retryAfterSeconds?: number
  /** Further headers of an answer over HTTP. */
  readonly headers: Readonly<Record<string, string>>
}

const contentOf = (error: AnsweredError): ProblemContent =>
  (problemTable[error.code] as (error: AnsweredError) => ProblemContent)(error)

export const describeError = (error: AnsweredError): ErrorDescription => {
  const { slug, detail, details = {}, errors = [], retryAfterSeconds, headers = {} } = contentOf(error)
  const wait = retryAfterSeconds === undefined ? undefined : Math.max(1, Math.ceil(retryAfterSeconds))
  return { ...problemKinds[slug], slug, detail, details, errors, retryAfterSeconds: wait, headers }
}
