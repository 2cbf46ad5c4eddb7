import { schemaOf } from '@pull-secret/decoding'
import { type Operation, operationTags, problem } from '@pull-secret/wire'
import { headers } from './headers.ts'
import { makeNamedSchemas, type SchemaObject } from './named-schemas.ts'
import { type OperationObject, operationObject } from './operation-object.ts'
import { problemExamples } from './problem-responses.ts'

export interface DocumentOptions {
  /** Of a gateway, without a slash at its end. */
  readonly publicUrl?: string
  /** Ends with a slash. */
  readonly errorsBaseUrl: string
}

/** An OpenAPI 3.1 document, as far as this service writes one. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: object
  readonly servers: ReadonlyArray<{ readonly url: string; readonly description: string }>
  readonly tags: ReadonlyArray<{ readonly name: string; readonly description: string }>
  readonly security: ReadonlyArray<object>
  /** By path and by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaObject>>
    readonly headers: Readonly<Record<string, object>>
    readonly examples: Readonly<Record<string, object>>
    readonly securitySchemes: Readonly<Record<string, object>>
  }
}

const info = {
  title: 'HyperFleet Pull Secret Service API',
  version: '1.0.0',
  description: [
    'Gives each cluster its own pull secret: creates a credential at every registry, keeps it, and revokes it.',
    'Everything under `/v1` is also served under `/api/hyperfleet/v1`.',
    'Ignore fields of answers that you do not know: fields may be added within a version.',
    'Every error is a problem document (RFC 9457). Repeat a request after 408, 429 and 5xx only, and wait as long as',
    '`Retry-After` says.',
  ].join(' '),
  contact: { name: 'HyperFleet Architecture Team', email: 'hyperfleet-dev@redhat.com' },
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
}

const inCluster = {
  url: 'https://pull-secret-service.hyperfleet-system.svc.cluster.local',
  description: 'In-cluster service endpoint',
}

const serversOf = (publicUrl: string | undefined): OpenApiDocument['servers'] =>
  publicUrl === undefined ? [inCluster] : [{ url: publicUrl, description: 'API gateway' }, inCluster]

const pathsOf = (
  operations: Readonly<Record<string, Operation>>,
  toObject: (id: string, operation: Operation) => OperationObject,
): OpenApiDocument['paths'] => {
  const paths = new Map<string, Readonly<Record<string, OperationObject>>>()
  for (const [id, operation] of Object.entries(operations)) {
    const { method, path } = operation
    paths.set(path, { ...paths.get(path), [method.toLowerCase()]: toObject(id, operation) })
  }
  return Object.fromEntries(paths)
}

/**
 * The description of the API that these operations make up.
 * @throws Error for a codec without a schema or an example, and where two schemas have one title
 */
export const buildDocument = (
  operations: Readonly<Record<string, Operation>>,
  { publicUrl, errorsBaseUrl }: DocumentOptions,
): OpenApiDocument => {
  const schemas = makeNamedSchemas()
  const problemSchema = schemas.refer(schemaOf(problem))
  const paths = pathsOf(operations, (id, operation) => operationObject(id, operation, { schemas, problemSchema }))
  return {
    openapi: '3.1.0',
    info,
    servers: serversOf(publicUrl),
    tags: Object.entries(operationTags)
      .map(([name, description]) => ({ name, description }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    security: [{ BearerAuth: [] }],
    paths,
    components: {
      schemas: schemas.all(),
      headers,
      examples: problemExamples(Object.values(operations), errorsBaseUrl),
      securitySchemes: {
        BearerAuth: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Token of a Kubernetes ServiceAccount.',
        },
      },
    },
  }
}
