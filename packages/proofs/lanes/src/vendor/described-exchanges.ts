import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { ApiDescription, Content, Schema } from './api-description.ts'
import type { Exchange } from './exchange.ts'

const id = 'https://description.example/'

/**
 * Clients ignore a field that nobody describes, and servers drop it; here it is a fault, or a misspelt name would pass.
 * An object of which no field is described stays open.
 */
const closed = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(closed)
  const copy = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]))
  return copy['type'] === 'object' && copy['properties'] !== undefined ? { additionalProperties: false, ...copy } : copy
}

const extensionsIn = (value: unknown): ReadonlyArray<string> =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => [...(key.startsWith('x-') ? [key] : []), ...extensionsIn(part)])
    : []

/** Gives what an API's description does not say of an exchange: one sentence for each fault, none where it says all. */
export const describedExchanges = (description: ApiDescription): ((exchange: Exchange) => ReadonlyArray<string>) => {
  const ajv = new Ajv({ allErrors: true })
  formats.default(ajv)
  ajv.addVocabulary(['components', ...new Set(extensionsIn(description))])
  ajv.addSchema({ $id: id, components: closed(description.components) })

  const validators = new Map<string, ValidateFunction>()
  const validatorOf = (schema: Schema): ValidateFunction => {
    const text = JSON.stringify(closed(schema)).replaceAll('"$ref":"#', `"$ref":"${id}#`)
    const known = validators.get(text) ?? ajv.compile(JSON.parse(text) as object)
    validators.set(text, known)
    return known
  }

  const faultsOfBody = (
    what: string,
    body: unknown,
    content: Content | undefined,
    mediaType: string,
  ): ReadonlyArray<string> => {
    const schema = (content?.[mediaType] ?? content?.['*/*'])?.schema
    if (schema === undefined) return body === undefined ? [] : [`${what} has a body of the type ${mediaType}`]
    const validate = validatorOf(schema)
    return validate(body) ? [] : [ajv.errorsText(validate.errors, { dataVar: what })]
  }

  return ({ method, path, requestBody, status, mediaType, answerBody }) => {
    const operation = description.paths[path]?.[method.toLowerCase()]
    if (operation === undefined) return [`${method} ${path} is no operation`]
    const response = operation.responses[String(status)]
    return [
      ...faultsOfBody('the request', requestBody, operation.requestBody?.content, 'application/json'),
      ...(response === undefined
        ? [`${String(status)} is no answer`]
        : faultsOfBody('the answer', answerBody, response.content, mediaType)),
    ]
  }
}
