/** A schema of OpenAPI 3.0, so far as it is looked at. */
export interface Schema {
  readonly [keyword: string]: unknown
  readonly $ref?: string
  readonly allOf?: ReadonlyArray<Schema>
  readonly type?: string
  readonly format?: string
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
}

export type Content = Readonly<Record<string, { readonly schema: Schema }>>

export interface DescribedOperation {
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

/** An OpenAPI 3.0 document, so far as it is looked at. */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const prefix = '#/components/schemas/'

/** The schema that a reference leads to, through wrappers that only describe it. */
export const resolved = (description: ApiDescription, schema: Schema): Schema => {
  const [wrapped] = schema.allOf ?? []
  if (wrapped !== undefined) return resolved(description, wrapped)
  if (schema.$ref === undefined) return schema
  const found = description.components.schemas[schema.$ref.slice(prefix.length)]
  if (found === undefined) throw new Error(`nothing is described at ${schema.$ref}`)
  return resolved(description, found)
}
