import { type ApiDescription, resolved, type Schema } from './api-description.ts'

/**
 * A value that has every field which a schema describes. A text is the path to itself, so that a reader shows which
 * field it read; a list has one entry, a map one key, and what is true or false is true.
 */
export const fullExample = (description: ApiDescription, schema: Schema, path = ''): unknown => {
  const { const: fixed, type, format, properties, additionalProperties, items } = resolved(description, schema)
  const inside = (part: Schema, name: string): unknown =>
    fullExample(description, part, path === '' ? name : `${path}.${name}`)
  if (fixed !== undefined) return fixed
  switch (type ?? 'string') {
    case 'object':
      return {
        ...Object.fromEntries(Object.entries(properties ?? {}).map(([name, part]) => [name, inside(part, name)])),
        ...(typeof additionalProperties === 'object' ? { key: inside(additionalProperties, 'key') } : {}),
      }
    case 'array':
      return items === undefined ? [] : [fullExample(description, items, path)]
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return 1
    default:
      return format === 'date-time' ? '2026-01-01T00:00:00Z' : path
  }
}
