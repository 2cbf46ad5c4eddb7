import type * as t from 'io-ts'
import type { JsonSchema } from './json-schema.ts'

const carried = Symbol('JSON schema')

interface Carrier {
  readonly [carried]?: () => JsonSchema
}

/** The same codec with the schema of what it reads. To be used where io-ts cannot tell what a codec is made of. */
export const withSchema = <C extends t.Mixed>(codec: C, schema: () => JsonSchema): C => {
  const ofSameKind = Object.create(Object.getPrototypeOf(codec) as object) as object
  const copy: unknown = Object.assign(ofSameKind, codec, { [carried]: schema })
  return copy as C
}

/** The codecs of io-ts that show what they are made of. */
type Transparent =
  | t.StringType
  | t.NumberType
  | t.BooleanType
  | t.NullType
  | t.UndefinedType
  | t.UnknownType
  | t.AnyDictionaryType
  | t.LiteralType<string | number | boolean>
  | t.KeyofType<Record<string, unknown>>
  | t.ArrayType<t.Mixed>
  | t.DictionaryType<t.Mixed, t.Mixed>
  | t.UnionType<Array<t.Mixed>>
  | t.IntersectionType<Array<t.Mixed>>
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>

/** No value in JSON is undefined. */
const nothing: JsonSchema = { not: {} }

const typeOfLiteral = (value: string | number | boolean): JsonSchema['type'] =>
  typeof value as 'string' | 'number' | 'boolean'

const propertiesOf = (props: t.Props): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(props).map(([name, codec]) => [name, schemaOf(codec)]))

/** The records of an intersection as one record: generators make little of an `allOf`. */
const merged = ({ name, types }: t.IntersectionType<Array<t.Mixed>>): JsonSchema => {
  const parts = types.map(schemaOf)
  if (parts.some(({ properties }) => properties === undefined))
    throw new Error(`"${name}" has no JSON schema: it joins what are not all records`)
  const required = parts.flatMap((part) => part.required ?? [])
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as JsonSchema['properties'],
    ...(required.length === 0 ? {} : { required }),
  }
}

const structureOf = (codec: Transparent): JsonSchema => {
  switch (codec._tag) {
    case 'StringType':
      return { type: 'string' }
    case 'NumberType':
      return { type: 'number' }
    case 'BooleanType':
      return { type: 'boolean' }
    case 'NullType':
      return { type: 'null' }
    case 'UndefinedType':
      return nothing
    case 'UnknownType':
      return {}
    case 'AnyDictionaryType':
      return { type: 'object', additionalProperties: true }
    case 'LiteralType':
      return { type: typeOfLiteral(codec.value), enum: [codec.value] }
    case 'KeyofType':
      return { type: 'string', enum: Object.keys(codec.keys) }
    case 'ArrayType':
      return { type: 'array', items: schemaOf(codec.type) }
    case 'DictionaryType':
      return { type: 'object', additionalProperties: schemaOf(codec.codomain) }
    case 'UnionType':
      return { anyOf: codec.types.map(schemaOf) }
    case 'IntersectionType':
      return merged(codec)
    case 'InterfaceType':
      return { type: 'object', properties: propertiesOf(codec.props), required: Object.keys(codec.props) }
    case 'PartialType':
      return { type: 'object', properties: propertiesOf(codec.props) }
  }
  throw new Error(`"${(codec as t.Mixed).name}" has no JSON schema: build it with the constructors of decoding`)
}

/**
 * The JSON schema of what a codec reads: what it carries, or what follows from its parts.
 * @throws Error for a codec of which neither is known
 */
export const schemaOf = (codec: t.Mixed): JsonSchema =>
  (codec as Carrier)[carried]?.() ?? structureOf(codec as unknown as Transparent)
