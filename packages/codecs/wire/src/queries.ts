import { exactly } from '@pull-secret/decoding'
import * as t from 'io-ts'

const maximumIncarnation = 2_147_483_647

const incarnation = new t.Type<number, unknown>(
  'a positive whole number',
  (value): value is number => typeof value === 'number',
  (value, context) => {
    if (typeof value !== 'string') return t.failure(value, context)
    const number = /^[1-9]\d{0,9}$/.test(value) ? Number(value) : undefined
    return number === undefined || number > maximumIncarnation
      ? t.failure(value, context, 'must be a positive whole number')
      : t.success(number)
  },
  (number) => number,
)

const flag = new t.Type<boolean, unknown>(
  'true or false',
  (value): value is boolean => typeof value === 'boolean',
  (value, context) => (value === 'true' || value === 'false' ? t.success(value === 'true') : t.failure(value, context)),
  (yes) => yes,
)

/** Unknown parameters are refused: a misspelt `incarnation` must not delete every incarnation. */
export const deleteQuery = exactly('the query of a delete request', {}, { incarnation })

export const retrieveQuery = exactly('the query of a retrieve request', {}, { include_metadata: flag })

/** `check`: also check the service's access at each registry. */
export const registriesQuery = exactly('the query of a registries request', {}, { check: flag })
