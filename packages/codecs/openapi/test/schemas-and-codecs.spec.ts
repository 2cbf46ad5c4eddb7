// Here and not beside a source file because it is about every codec of the table.
import { decode, type JsonSchema, schemaOf } from '@pull-secret/decoding'
import { type Operation, operations, pathParameters, problem, queryTextOf } from '@pull-secret/wire'
import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { buildDocument } from '../src/index.ts'
import { schemaValidator } from './schema-validator.ts'
import { valuesNear, valuesOf } from './values-of-schema.ts'

const table: Readonly<Record<string, Operation>> = operations
const rows = Object.entries(table)

const accepts = (codec: t.Mixed, value: unknown): boolean => E.isRight(decode(codec, value))

/** What JSON carries of a value. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

const validate = schemaValidator(buildDocument(operations, { errorsBaseUrl: 'https://docs.example/errors/' }))

/** Text, lists and records look like other values once they are text, and whatever is sent for a text is one. */
const isPlainQuery = ({ properties = {} }: JsonSchema, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(
    ([name, part]) => ['number', 'boolean'].includes(typeof part) && properties[name]?.type !== 'string',
  )

const bodies = rows.flatMap(([id, { body }]) => (body === undefined ? [] : [[`the body of ${id}`, body] as const]))
const queries = rows.flatMap(([id, { query }]) => (query === undefined ? [] : [[`the query of ${id}`, query] as const]))
const answers = rows.flatMap(([id, row]) =>
  Object.entries(row.answers)
    .filter(([, codec]) => schemaOf(codec).not === undefined)
    .map(([status, codec]) => [`the answer ${status} to ${id}`, codec] as const),
)
const parameters = Object.entries(pathParameters).map(([name, codec]) => [`the parameter ${name}`, codec] as const)

describe('a schema and its codec', () => {
  for (const [name, codec] of [...bodies, ...parameters, ...answers, ['a problem', problem] as const]) {
    it(`agree about ${name}: what fits the schema is decoded`, () => {
      const fits = validate(schemaOf(codec))
      fc.assert(
        fc.property(valuesOf(schemaOf(codec)), (value) => {
          expect(fits(sent(value)), 'fits its schema').to.equal(true)
          expect(accepts(codec, sent(value))).to.equal(true)
        }),
      )
    })
  }

  for (const [name, codec] of [...bodies, ...parameters]) {
    it(`agree about ${name}: what does not fit the schema is refused, and nothing else`, () => {
      const fits = validate(schemaOf(codec))
      fc.assert(
        fc.property(valuesNear(schemaOf(codec)), (value) => {
          expect(accepts(codec, sent(value))).to.equal(fits(sent(value)))
        }),
        { numRuns: 300 },
      )
    })
  }

  for (const [name, codec] of queries) {
    it(`agree about ${name}, whose values are sent as text`, () => {
      const fits = validate(schemaOf(codec))
      fc.assert(
        fc.property(valuesNear(schemaOf(codec)), (value) => {
          fc.pre(isPlainQuery(schemaOf(codec), value))
          expect(accepts(codec, queryTextOf(value as object))).to.equal(fits(sent(value)))
        }),
      )
    })
  }
})
