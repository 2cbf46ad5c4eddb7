import type { JsonSchema } from '@pull-secret/decoding'

/** Where a document lists a schema under its name. */
export interface Reference {
  readonly $ref: string
}

/** A schema whose named parts are references. */
export type SchemaObject = Omit<JsonSchema, 'title'> | Reference

/** Lists each schema with a title once, under its title. */
export interface NamedSchemas {
  /** @throws Error where two different schemas have one title */
  readonly refer: (schema: JsonSchema) => SchemaObject
  readonly all: () => Readonly<Record<string, SchemaObject>>
}

type Records = Readonly<Record<string, JsonSchema>>

export const makeNamedSchemas = (): NamedSchemas => {
  const named = new Map<string, SchemaObject>()

  const mapped = (records: Records): Readonly<Record<string, SchemaObject>> =>
    Object.fromEntries(Object.entries(records).map(([name, schema]) => [name, refer(schema)]))

  const partsOf = ({ properties, items, additionalProperties, anyOf }: JsonSchema): object => ({
    ...(properties === undefined ? {} : { properties: mapped(properties) }),
    ...(items === undefined ? {} : { items: refer(items) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: refer(additionalProperties) } : {}),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(refer) }),
  })

  const refer = (schema: JsonSchema): SchemaObject => {
    const { title, ...rest } = schema
    const body: SchemaObject = { ...rest, ...partsOf(schema) }
    if (title === undefined) return body
    const known = named.get(title)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(body))
      throw new Error(`two schemas have the title ${title}`)
    named.set(title, body)
    return { $ref: `#/components/schemas/${title}` }
  }

  return { refer, all: () => Object.fromEntries([...named].sort(([one], [other]) => (one < other ? -1 : 1))) }
}
