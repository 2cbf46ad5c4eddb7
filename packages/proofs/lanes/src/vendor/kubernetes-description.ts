import type { ApiDescription, Schema } from './api-description.ts'

interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

const kindsOf = (schema: Schema): ReadonlyArray<GroupVersionKind> =>
  (schema['x-kubernetes-group-version-kind'] as ReadonlyArray<GroupVersionKind> | undefined) ?? []

/** What an object has to say it is, where it can be one thing alone. */
const named = (schema: Schema): Schema => {
  const [only, ...others] = kindsOf(schema)
  if (only === undefined || others.length > 0) return schema
  const { group, version, kind } = only
  const required = (schema['required'] as ReadonlyArray<string> | undefined) ?? []
  return {
    ...schema,
    required: [...new Set([...required, 'apiVersion', 'kind'])],
    properties: {
      ...schema.properties,
      apiVersion: { type: 'string', const: `${group}/${version}` },
      kind: { type: 'string', const: kind },
    },
  }
}

/** Kubernetes describes `apiVersion` and `kind` as any text, and says beside the schema which text it has to be. */
export const withKindsOfKubernetes = (description: ApiDescription): ApiDescription => ({
  ...description,
  components: {
    schemas: Object.fromEntries(
      Object.entries(description.components.schemas).map(([name, schema]) => [name, named(schema)]),
    ),
  },
})
