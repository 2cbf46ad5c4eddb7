import type { JsonSchema } from '@pull-secret/decoding'
import fc from 'fast-check'

const instants = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

const texts = ({ format, pattern }: JsonSchema): fc.Arbitrary<string> => {
  if (format === 'date-time') return instants
  return pattern === undefined ? fc.string() : fc.stringMatching(new RegExp(pattern, 'u'))
}

const safeName = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__')

const records = (schema: JsonSchema): fc.Arbitrary<object> => {
  const { properties = {}, required = [], additionalProperties = false, minProperties = 0 } = schema
  const open = additionalProperties === true ? fc.jsonValue() : fc.constant(null)
  const others = typeof additionalProperties === 'object' ? valuesOf(additionalProperties) : open
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, valuesOf(property)])),
    { requiredKeys: [...required] },
  )
  const unnamed = additionalProperties === false ? fc.constant({}) : fc.dictionary(safeName, others, { maxKeys: 3 })
  return fc
    .tuple(unnamed, named)
    .map(([more, fields]): object => ({ ...more, ...fields }))
    .filter((record) => Object.keys(record).length >= minProperties)
}

/** Values that fit a schema. */
export const valuesOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  const { type, enum: values, anyOf, minimum = 0, maximum, items = {}, minItems = 0 } = schema
  if (values !== undefined) return fc.constantFrom(...values)
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(valuesOf))
  switch (type) {
    case 'string':
      return texts(schema)
    case 'integer':
      return fc.integer({ min: minimum, max: maximum ?? Number.MAX_SAFE_INTEGER })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valuesOf(items), { minLength: minItems, maxLength: 4 })
    case 'object':
      return records(schema)
    case undefined:
      return fc.jsonValue()
  }
}

type Change = (value: unknown) => unknown

/** Puts another value somewhere into a value. */
const changedAt = (value: unknown, path: ReadonlyArray<number>, change: Change): unknown => {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return change(value)
  const keys = Object.keys(value)
  const key = keys[step % Math.max(1, keys.length)]
  if (key === undefined) return change(value)
  const changed = Object.entries(value).map(([name, part]: [string, unknown]): [string, unknown] => [
    name,
    name === key ? changedAt(part, rest, change) : part,
  ])
  return Array.isArray(value) ? changed.map(([, part]) => part) : Object.fromEntries(changed)
}

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.jsonValue().map(
    (other): Change =>
      () =>
        other,
  ),
  fc.tuple(safeName, fc.jsonValue()).map(
    ([name, other]): Change =>
      (value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, [name]: other } : [value],
  ),
  fc.constantFrom<Change>(
    (value) => (typeof value === 'string' ? `${value} ` : ''),
    (value) => (typeof value === 'number' ? -value : 0.5),
    () => [],
    () => ({}),
  ),
)

/** Values that fit a schema, and values that do so but for one place. */
export const valuesNear = (schema: JsonSchema): fc.Arbitrary<unknown> =>
  fc.oneof(
    valuesOf(schema),
    fc
      .tuple(valuesOf(schema), fc.array(fc.nat(9), { maxLength: 3 }), changes)
      .map(([value, path, change]) => changedAt(value, path, change)),
  )
