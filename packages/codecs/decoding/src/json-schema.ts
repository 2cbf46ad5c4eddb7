/**
 * A JSON schema in keywords that OpenAPI 3.0 and 3.1 share, so that generators of either read it. A single value is an
 * `enum` of one. Null alone is written as only 3.1 does: as `{ type: 'null' }` in an `anyOf`.
 */
export interface JsonSchema {
  /** The name under which a document lists the schema once. */
  readonly title?: string
  readonly description?: string
  readonly example?: unknown
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null'
  readonly format?: string
  readonly pattern?: string
  readonly enum?: ReadonlyArray<string | number | boolean>
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: ReadonlyArray<string>
  readonly additionalProperties?: boolean | JsonSchema
  readonly minProperties?: number
  readonly anyOf?: ReadonlyArray<JsonSchema>
  readonly not?: JsonSchema
}
