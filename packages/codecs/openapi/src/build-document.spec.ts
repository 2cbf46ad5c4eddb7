import { described, exactly } from '@pull-secret/decoding'
import {
  type Operation,
  operations,
  operationTags,
  problemKinds,
  type ProblemSlug,
  problemsOf,
} from '@pull-secret/wire'
import { expect } from 'chai'
import * as t from 'io-ts'
import { parse } from 'yaml'
import { schemaValidator } from '../test/schema-validator.ts'
import { buildDocument, documentAsJson, documentAsYaml, type OpenApiDocument } from './index.ts'
import type { OperationObject } from './operation-object.ts'

const options = { errorsBaseUrl: 'https://docs.example/errors/' }
const table: Readonly<Record<string, Operation>> = operations
const document = buildDocument(table, options)

const all = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, object]) => ({ path, method, object })),
)
const objectOf = (id: string): OperationObject | undefined =>
  all.find(({ object }) => object.operationId === id)?.object

const anOperation = (change: Partial<Operation>): Readonly<Record<string, Operation>> => ({
  one: {
    method: 'GET',
    path: '/v1/one',
    tag: 'Jobs',
    summary: 'Do one thing',
    permission: 'anonymous',
    limitClass: 'exempt',
    answers: { 200: t.type({}) },
    ...change,
  },
})

/** Every record in a value. */
const recordsIn = (value: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> => {
  if (typeof value !== 'object' || value === null) return []
  const below = Object.values(value).flatMap(recordsIn)
  return Array.isArray(value) ? below : [value as Readonly<Record<string, unknown>>, ...below]
}

describe('the OpenAPI document', () => {
  it('describes each operation of the table once, and nothing else', () => {
    expect(all.map(({ path, method, object }) => [object.operationId, method, path])).to.have.deep.members(
      Object.entries(table).map(([id, { method, path }]) => [id, method.toLowerCase(), path]),
    )
  })

  it('lists every answer of an operation, and every problem with its kind', () => {
    for (const [id, row] of Object.entries(table)) {
      const responses = objectOf(id)?.responses ?? {}
      const problems = problemsOf(row)
      const statuses = [
        ...Object.keys(row.answers),
        ...(row.isConditional === true ? ['304'] : []),
        ...problems.map((slug) => String(problemKinds[slug].status)),
      ]
      expect(Object.keys(responses), id).to.have.members([...new Set(statuses)])
      const kinds = Object.values(responses).flatMap((response) => response['x-problem-kinds'] ?? [])
      expect(kinds, id).to.have.members([...problems])
    }
  })

  it('asks for a token where the table asks for a permission', () => {
    expect(objectOf('retrievePullSecret')?.security).to.deep.equal([{ BearerAuth: [] }])
    expect(objectOf('health')?.security).to.deep.equal([])
  })

  it('takes parameters from path, query and the condition of an answer', () => {
    const names = (id: string) =>
      objectOf(id)?.parameters.map(({ in: place, name, required }) => [place, name, required])
    expect(names('retrievePullSecret')).to.deep.equal([
      ['path', 'cluster_id', true],
      ['query', 'include_metadata', false],
      ['header', 'If-None-Match', false],
    ])
    expect(objectOf('generatePullSecret')?.requestBody?.required).to.equal(false)
    expect(objectOf('verifyPullSecret')?.requestBody?.required).to.equal(true)
  })

  it('names the headers of an answer, those of rate limits where there are limits', () => {
    const { responses = {} } = objectOf('retrievePullSecret') ?? {}
    expect(responses['200']?.headers).to.have.keys(
      'X-Request-ID',
      'ETag',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
    )
    expect(responses['503']?.headers).to.include.keys('Retry-After')
    expect(responses['401']?.headers).to.include.keys('WWW-Authenticate')
    expect(responses['429']?.headers).to.include.keys('Retry-After', 'X-RateLimit-Reset')
    expect(objectOf('metrics')?.responses['429']?.headers).to.have.keys('X-Request-ID', 'Retry-After')
    expect(objectOf('health')?.responses['200']?.headers).to.have.keys('X-Request-ID')
  })

  it('names a gateway before the service itself', () => {
    const urls = ({ servers }: OpenApiDocument) => servers.map(({ url }) => url)
    const inCluster = 'https://pull-secret-service.hyperfleet-system.svc.cluster.local'
    expect(urls(document)).to.deep.equal([inCluster])
    const publicUrl = 'https://api.example.com/pull-secrets'
    expect(urls(buildDocument(table, { ...options, publicUrl }))).to.deep.equal([publicUrl, inCluster])
  })

  it('uses no keyword in a schema that only OpenAPI 3.1 has, but for null', () => {
    const both = new Set(
      'description example type format pattern enum minimum maximum items minItems properties required'
        .split(' ')
        .concat('additionalProperties', 'minProperties', 'anyOf', '$ref'),
    )
    const inspect = (schema: object, isChoice = false): void => {
      const { type, properties = {}, items, additionalProperties, anyOf = [], ...rest } = schema as OpenSchema
      for (const keyword of Object.keys(schema)) expect([...both]).to.include(keyword)
      expect(['string', 'undefined']).to.include(typeof type)
      if (type === 'null') expect([isChoice, rest]).to.deep.equal([true, {}])
      if ('$ref' in schema) expect(Object.keys(schema)).to.deep.equal(['$ref'])
      for (const part of [...Object.values(properties), items, additionalProperties])
        if (typeof part === 'object') inspect(part)
      for (const choice of anyOf) inspect(choice, true)
    }
    Object.values(document.components.schemas).forEach((schema) => inspect(schema))
    for (const { schema } of recordsIn({ paths: document.paths, headers: document.components.headers }))
      if (typeof schema === 'object' && schema !== null) inspect(schema)
  })

  it('has an example of every body, and of each kind of problem, that fits its schema', () => {
    const validate = schemaValidator(document)
    const bodies = recordsIn(document.paths).filter((record) => 'schema' in record && 'example' in record)
    expect(bodies.length).to.be.greaterThan(12)
    for (const { schema, example } of bodies) {
      const fits = validate(schema as object)
      expect(fits(example), JSON.stringify(fits.errors)).to.equal(true)
    }
    const isProblem = validate({ $ref: '#/components/schemas/Problem' })
    for (const [slug, example] of Object.entries(document.components.examples)) {
      const { value } = example as { readonly value: object }
      const { status } = problemKinds[slug as ProblemSlug]
      expect([isProblem(value), value], slug).to.deep.include(true)
      expect(value).to.include({ status, type: `https://docs.example/errors/${slug}` })
    }
  })

  it('says the same as JSON and as YAML, by the rules of YAML 1.1 too', () => {
    const plain: unknown = JSON.parse(documentAsJson(document))
    for (const version of ['1.2', '1.1'] as const)
      expect(parse(documentAsYaml(document), { version, maxAliasCount: 0 })).to.deep.equal(plain)
  })

  it('explains every tag', () => {
    expect(document.tags.map(({ name }) => name)).to.have.members(Object.keys(operationTags))
  })
})

describe('what cannot be described', () => {
  const opaque = new t.Type<string>('a riddle', t.string.is, t.string.validate, t.identity)
  const named = (codec: t.Mixed) => described(codec, 'A thing.', { title: 'Thing' })

  for (const [what, change, message] of [
    ['a body without a schema', { body: exactly('a body', { riddle: opaque }, {}) }, '"a riddle" has no JSON schema'],
    [
      'a query without a schema',
      { query: exactly('a query', {}, { riddle: opaque }) },
      '"a riddle" has no JSON schema',
    ],
    ['an answer without a schema', { answers: { 200: opaque } }, '"a riddle" has no JSON schema'],
    ['text without an example', { answers: { 200: t.type({ word: t.string }) } }, '200 to one.word has no example'],
    ['a parameter without a codec', { path: '/v1/{riddle}' }, 'the parameter riddle of /v1/{riddle} has no codec'],
    [
      'two schemas of one title',
      { answers: { 200: named(t.type({ one: t.boolean })), 202: named(t.type({ two: t.boolean })) } },
      'two schemas have the title Thing',
    ],
  ] as const) {
    it(`is an error: ${what}`, () => {
      expect(() => buildDocument(anOperation(change), options)).to.throw(message)
      expect(() => buildDocument(anOperation({}), options)).not.to.throw()
    })
  }
})

interface OpenSchema {
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, object>>
  readonly items?: object
  readonly additionalProperties?: boolean | object
  readonly anyOf?: ReadonlyArray<object>
}
