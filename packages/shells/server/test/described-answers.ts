import type { IncomingHttpHeaders } from 'node:http'
import { buildDocument, type OpenApiDocument } from '@pull-secret/openapi'
import { metricsPortOperations, type Operation, operations, servedPaths } from '@pull-secret/wire'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** An answer, and what it was asked for. */
export interface Exchanged {
  readonly port: 'api' | 'metrics'
  readonly method: string
  readonly path: string
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

type Responses = OpenApiDocument['paths'][string][string]['responses']
type Response = Responses[string]

/** A field that the document does not name is a fault here, though clients have to ignore it. */
const closed = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(closed)
  const copy = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]))
  return copy['type'] === 'object' && copy['properties'] !== undefined ? { additionalProperties: false, ...copy } : copy
}

const id = 'https://document.example/'
const document = buildDocument(
  { ...operations, ...metricsPortOperations },
  { errorsBaseUrl: 'https://docs.example/errors/' },
)
const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema({ ...(closed(document) as object), $id: id })

const validators = new Map<string, ValidateFunction>()
const validatorOf = (schema: object): ValidateFunction => {
  const text = JSON.stringify(closed(schema)).replaceAll('"$ref":"#', `"$ref":"${id}#`)
  const known = validators.get(text) ?? ajv.compile(JSON.parse(text) as object)
  validators.set(text, known)
  return known
}

const patternsOf = (template: string): ReadonlyArray<RegExp> =>
  servedPaths({ path: template }).map(
    (path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  )

const routesOf = (table: Readonly<Record<string, Operation>>) =>
  [...new Set(Object.values(table).map(({ path }) => path))].map((path) => ({
    patterns: patternsOf(path),
    methods: document.paths[path] ?? {},
  }))

const routes = { api: routesOf(operations), metrics: routesOf(metricsPortOperations) }

/** What is answered where no operation of the document is asked for. */
const elsewhere: Response = {
  description: '',
  headers: { Allow: {}, 'X-Request-ID': {}, 'Retry-After': {} },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  'x-problem-kinds': ['no-such-route', 'method-not-allowed', 'value-invalid', 'format-invalid'],
}

const responsesFor = (port: Exchanged['port'], method: string, path: string): Responses | undefined => {
  const route = routes[port].find(({ patterns }) => patterns.some((pattern) => pattern.test(path)))
  return route?.methods[(method === 'HEAD' ? 'GET' : method).toLowerCase()]?.responses
}

const ofLimits = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']
const telling = ['etag', 'retry-after', 'www-authenticate', 'allow', 'x-request-id', ...ofLimits]

const undeclaredHeaders = (sent: IncomingHttpHeaders, { headers }: Response): ReadonlyArray<string> => {
  const declared = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  return telling.filter((name) => sent[name] !== undefined && !declared.has(name))
}

const faultOfBody = ({ headers, text, method }: Exchanged, { content }: Response): string | undefined => {
  if (content === undefined) return text === '' ? undefined : 'has a body'
  if (method === 'HEAD') return undefined
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  const schema = content[type]?.schema
  if (schema === undefined) return `has the media type ${type}`
  const validate = validatorOf(schema)
  return validate(type.endsWith('json') ? JSON.parse(text) : text) ? undefined : ajv.errorsText(validate.errors)
}

const faultOfKind = ({ headers, text, method }: Exchanged, response: Response): string | undefined => {
  if (method === 'HEAD' || headers['content-type'] !== 'application/problem+json') return undefined
  const kind = (JSON.parse(text) as { readonly type: string }).type.split('/').at(-1) ?? ''
  const kinds: ReadonlyArray<string> = response['x-problem-kinds'] ?? []
  return kinds.includes(kind) ? undefined : `is a problem of the kind ${kind}`
}

/** For people: no part of the API. */
const isPage = /^(\/api\/hyperfleet)?\/v1\/docs(\/|$)/

/** What the description of the API does not say of an answer; undefined where it says everything. */
export const undescribed = (exchanged: Exchanged): string | undefined => {
  const { port, method, path, status, headers } = exchanged
  const [plainPath = ''] = path.split('?')
  if (isPage.test(plainPath) && status < 400) return undefined
  const responses = responsesFor(port, method, plainPath)
  const response = responses === undefined ? elsewhere : responses[String(status)]
  if (response === undefined) return `${method} ${plainPath} answered ${String(status)}`
  const undeclared = undeclaredHeaders(headers, response)
  const fault =
    undeclared.length > 0
      ? `has the header ${undeclared.join(', ')}`
      : (faultOfBody(exchanged, response) ?? faultOfKind(exchanged, response))
  return fault === undefined ? undefined : `${method} ${plainPath} ${String(status)}: the answer ${fault}`
}
