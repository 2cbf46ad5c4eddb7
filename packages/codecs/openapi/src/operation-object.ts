import { type JsonSchema, schemaOf } from '@pull-secret/decoding'
import { type Operation, pathParameters } from '@pull-secret/wire'
import { exampleOf } from './example-of.ts'
import { headersOf } from './headers.ts'
import type { NamedSchemas, SchemaObject } from './named-schemas.ts'
import { problemResponses } from './problem-responses.ts'
import type { MediaTypeObject, ResponseObject } from './response-object.ts'

const json = 'application/json'

export interface ParameterObject {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description?: string
  readonly required: boolean
  readonly schema: SchemaObject
}

/** One operation as OpenAPI has it. */
export interface OperationObject {
  readonly operationId: string
  readonly tags: ReadonlyArray<string>
  readonly summary: string
  readonly description: string
  readonly security: ReadonlyArray<Readonly<Record<string, ReadonlyArray<string>>>>
  readonly parameters: ReadonlyArray<ParameterObject>
  readonly requestBody?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, MediaTypeObject>>
  }
  readonly responses: Readonly<Record<string, ResponseObject>>
}

export interface OperationContext {
  readonly schemas: NamedSchemas
  readonly problemSchema: SchemaObject
}

const ifNoneMatch: ParameterObject = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The `ETag` of an earlier answer to the same request: 304 says that nothing has changed.',
  required: false,
  schema: { type: 'string', example: 'W/"c2FtcGxl"' },
}

const parameter = (
  place: 'path' | 'query',
  name: string,
  { description, ...schema }: JsonSchema,
  required: boolean,
): ParameterObject => ({ name, in: place, description, required, schema })

const pathParametersOf = (path: string): ReadonlyArray<ParameterObject> =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const codec = pathParameters[name]
    if (codec === undefined) throw new Error(`the parameter ${name} of ${path} has no codec`)
    return parameter('path', name, schemaOf(codec), true)
  })

const parametersOf = ({ path, query, isConditional = false }: Operation): ReadonlyArray<ParameterObject> => {
  const { properties = {}, required = [] } = query === undefined ? {} : schemaOf(query)
  return [
    ...pathParametersOf(path),
    ...Object.entries(properties).map(([name, schema]) => parameter('query', name, schema, required.includes(name))),
    ...(isConditional ? [ifNoneMatch] : []),
  ]
}

const contentOf = (
  mediaType: string,
  schema: JsonSchema,
  place: string,
  { schemas }: OperationContext,
): Readonly<Record<string, MediaTypeObject>> => ({
  [mediaType]: { schema: schemas.refer(schema), example: exampleOf(schema, place) },
})

/** No body counts as an empty record. */
const needsBody = ({ required = [], minProperties = 0 }: JsonSchema): boolean =>
  required.length > 0 || minProperties > 0

const requestBodyOf = (id: string, { body }: Operation, context: OperationContext) => {
  if (body === undefined) return {}
  const schema = schemaOf(body)
  return {
    requestBody: { required: needsBody(schema), content: contentOf(json, schema, `the body of ${id}`, context) },
  }
}

const answersOf = (
  id: string,
  operation: Operation,
  context: OperationContext,
): Readonly<Record<string, ResponseObject>> => {
  const { answers, mediaType = json, isConditional = false } = operation
  const headers = headersOf(operation, isConditional ? ['ETag'] : [])
  const responses = Object.entries(answers).map(([status, codec]): readonly [string, ResponseObject] => {
    const schema = schemaOf(codec)
    const { description = codec.name, not } = schema
    const place = `the answer ${status} to ${id}`
    return [
      status,
      not === undefined
        ? { description, headers, content: contentOf(mediaType, schema, place, context) }
        : { description, headers },
    ]
  })
  return {
    ...Object.fromEntries(responses),
    ...(isConditional ? { 304: { description: 'Nothing has changed.', headers } } : {}),
  }
}

/** Where an answer that is not a problem has the status of one, the response has both bodies. */
const joined = (
  answers: Readonly<Record<string, ResponseObject>>,
  problems: Readonly<Record<string, ResponseObject>>,
): Readonly<Record<string, ResponseObject>> => {
  const shared = Object.entries(problems).map(([status, problem]): readonly [string, ResponseObject] => {
    const answer = answers[status]
    return answer === undefined
      ? [status, problem]
      : [status, { ...answer, ...problem, content: { ...answer.content, ...problem.content } }]
  })
  return { ...answers, ...Object.fromEntries(shared) }
}

const descriptionOf = ({ summary, description, permission }: Operation): string =>
  [
    description ?? `${summary}.`,
    permission === 'anonymous'
      ? 'Needs no token.'
      : `Needs the permission to ${permission.verb} ${permission.resource}.`,
  ].join('\n\n')

/**
 * What a row of the table says, as OpenAPI has it.
 * @throws Error for a codec without a schema or an example
 */
export const operationObject = (id: string, operation: Operation, context: OperationContext): OperationObject => ({
  operationId: id,
  tags: [operation.tag],
  summary: operation.summary,
  description: descriptionOf(operation),
  security: operation.permission === 'anonymous' ? [] : [{ BearerAuth: [] }],
  parameters: parametersOf(operation),
  ...requestBodyOf(id, operation, context),
  responses: joined(answersOf(id, operation, context), problemResponses(operation, context.problemSchema)),
})
