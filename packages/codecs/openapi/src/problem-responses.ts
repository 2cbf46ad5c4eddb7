import {
  type Operation,
  problemKinds,
  problemMediaType,
  type ProblemSlug,
  problemsOf,
  sampleProblem,
} from '@pull-secret/wire'
import { headers, headersOf } from './headers.ts'
import type { SchemaObject } from './named-schemas.ts'
import type { ResponseObject } from './response-object.ts'

/** An example of each kind that these operations can be answered with, under its slug. */
export const problemExamples = (
  operations: ReadonlyArray<Operation>,
  errorsBaseUrl: string,
): Readonly<Record<string, object>> =>
  Object.fromEntries(
    [...new Set(operations.flatMap(problemsOf))]
      .sort()
      .map((slug) => [slug, { summary: problemKinds[slug].title, value: sampleProblem(slug, errorsBaseUrl).body }]),
  )

const headerNamesOf = (slugs: ReadonlyArray<ProblemSlug>): ReadonlyArray<string> => {
  const sent = new Set(slugs.flatMap((slug) => Object.keys(sampleProblem(slug, '').headers)))
  return Object.keys(headers).filter((name) => sent.has(name))
}

const responseOf = (
  operation: Operation,
  slugs: ReadonlyArray<ProblemSlug>,
  problemSchema: SchemaObject,
): ResponseObject => ({
  description: slugs.map((slug) => `${problemKinds[slug].title} (\`${slug}\`)`).join(', '),
  headers: headersOf(operation, headerNamesOf(slugs)),
  content: {
    [problemMediaType]: {
      schema: problemSchema,
      examples: Object.fromEntries(slugs.map((slug) => [slug, { $ref: `#/components/examples/${slug}` }])),
    },
  },
  'x-problem-kinds': slugs,
})

/** The error answers of an operation by status, each with the kinds of problem that it may be. */
export const problemResponses = (
  operation: Operation,
  problemSchema: SchemaObject,
): Readonly<Record<number, ResponseObject>> => {
  const slugs = problemsOf(operation)
  const statuses = [...new Set(slugs.map((slug) => problemKinds[slug].status))]
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      responseOf(
        operation,
        slugs.filter((slug) => problemKinds[slug].status === status),
        problemSchema,
      ),
    ]),
  )
}
