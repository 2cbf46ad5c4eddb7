import * as t from 'io-ts'
import { timestamp } from './text-codecs.ts'

export const problemMediaType = 'application/problem+json'

const fieldProblem = t.type({ field: t.string, code: t.string, message: t.string }, 'the problem of a field')

export type FieldProblem = t.TypeOf<typeof fieldProblem>

/** An error answer: RFC 9457, with the fields of the platform and, under `error`, the form of the first design. */
export const problem = t.type(
  {
    type: t.string,
    title: t.string,
    status: t.number,
    detail: t.string,
    instance: t.string,
    timestamp,
    trace_id: t.string,
    code: t.string,
    errors: t.array(fieldProblem),
    error: t.type({ code: t.string, message: t.string, details: t.UnknownRecord }),
  },
  'a problem',
)

export type Problem = t.TypeOf<typeof problem>
