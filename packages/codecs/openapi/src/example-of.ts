import type { JsonSchema } from '@pull-secret/decoding'

/**
 * The example of a schema, or one that is put together from those of its parts.
 * @throws Error for text, a number without a minimum, or an open record that has no example
 */
export const exampleOf = (schema: JsonSchema, place: string): unknown => {
  const { example, enum: values, anyOf, properties, items, type, minimum } = schema
  if (example !== undefined) return example
  if (values !== undefined) return values[0]
  if (anyOf?.[0] !== undefined) return exampleOf(anyOf[0], place)
  if (items !== undefined) return [exampleOf(items, `${place}[]`)]
  if (type === 'boolean') return true
  if (minimum !== undefined) return minimum
  if (properties === undefined) throw new Error(`${place} has no example: describe its codec with one`)
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, exampleOf(property, `${place}.${name}`)]),
  )
}
