import { described, exactly, schemaOf, withSchema } from '@pull-secret/decoding'
import * as t from 'io-ts'
import { incarnation } from './number-codecs.ts'

/** The number that a parameter's text stands for. */
const incarnationText = withSchema(
  new t.Type<number, unknown>(
    'a positive whole number',
    (value): value is number => incarnation.is(value),
    (value, context) => {
      if (typeof value !== 'string') return t.failure(value, context)
      const number = /^[1-9]\d{0,9}$/.test(value) ? Number(value) : undefined
      return incarnation.is(number) ? t.success(number) : t.failure(value, context, 'must be a positive whole number')
    },
    (number) => number,
  ),
  () => schemaOf(incarnation),
)

const flag = withSchema(
  new t.Type<boolean, unknown>(
    'true or false',
    (value): value is boolean => typeof value === 'boolean',
    (value, context) =>
      value === 'true' || value === 'false' ? t.success(value === 'true') : t.failure(value, context),
    (yes) => yes,
  ),
  () => schemaOf(t.boolean),
)

/** Unknown parameters are refused: a misspelt `incarnation` must not delete every incarnation. */
export const deleteQuery = exactly(
  'the query of a delete request',
  {},
  { incarnation: described(incarnationText, 'Deletes this incarnation only, and not a later one.') },
)

export const retrieveQuery = exactly(
  'the query of a retrieve request',
  {},
  { include_metadata: described(flag, 'Adds `credentials` and `registries` to the answer.') },
)

export const registriesQuery = exactly(
  'the query of a registries request',
  {},
  { check: described(flag, "Also checks the service's access at each registry.") },
)

/** Of an operation that takes no parameters: one that has no effect is refused, as everywhere. */
export const noQuery = exactly('a query without parameters', {}, {})
