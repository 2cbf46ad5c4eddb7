import type * as t from 'io-ts'
import type { JsonSchema } from './json-schema.ts'
import { schemaOf, withSchema } from './schema-of.ts'

/**
 * The same codec, described for people: `description` in a sentence or two. `keywords` are added to the schema that the
 * codec has already, or replace its keywords of the same name.
 */
export const described = <C extends t.Mixed>(codec: C, description: string, keywords: JsonSchema = {}): C =>
  withSchema(codec, () => ({ ...schemaOf(codec), description, ...keywords }))
