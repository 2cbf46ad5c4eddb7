import { describeRegistryKeys, describeSettings } from '@pull-secret/config'

/** The part of JSON Schema that the values of the chart are described in. */
export interface ValueSchema {
  readonly description?: string
  readonly type?: unknown
  readonly additionalProperties?: unknown
  readonly required?: ReadonlyArray<string>
  readonly properties?: Readonly<Record<string, ValueSchema>>
  readonly items?: ValueSchema
}

/** What the chart writes itself, from its own values: a section ends with a dot. */
const written = [
  'deployment.mode',
  'server.host',
  'server.port',
  'server.metrics_port',
  'server.tls.',
  'database.url',
  'database.url_file',
  'database.tls.ca_file',
  'encryption.',
  'access.tokens_file',
  'access.kubernetes.kubeconfig_file',
  'registries',
  'telemetry.traces.headers_file',
]
const writtenKeys = ['ca_file']

const isWritten = (path: string): boolean =>
  written.some((one) => (one.endsWith('.') ? path.startsWith(one) : path === one))

interface Described {
  readonly path: ReadonlyArray<string>
  readonly meaning: string
}

const withoutFirst = ({ path, meaning }: Described): Described => ({ path: path.slice(1), meaning })

/** One property for each first key; a key that leads deeper is a section. */
const propertiesOf = (settings: ReadonlyArray<Described>): Readonly<Record<string, ValueSchema>> =>
  Object.fromEntries(
    [...Map.groupBy(settings, ({ path }) => path[0] ?? '')].map(([key, below]): readonly [string, ValueSchema] => {
      const [only] = below
      if (below.length === 1 && only?.path.length === 1) return [key, { description: only.meaning }]
      return [key, { type: 'object', additionalProperties: false, properties: propertiesOf(below.map(withoutFirst)) }]
    }),
  )

const configSchema = (): ValueSchema => ({
  description: 'settings of the service under their own names, but for those that the chart writes',
  type: 'object',
  additionalProperties: false,
  required: ['deployment', 'access'],
  properties: propertiesOf(
    describeSettings()
      .filter(({ path }) => !isWritten(path))
      .map(({ path, meaning }) => ({ path: path.split('.'), meaning })),
  ),
})

const registryKeySchemas = (): Readonly<Record<string, ValueSchema>> =>
  Object.fromEntries(
    describeRegistryKeys()
      .filter(({ key }) => !writtenKeys.includes(key))
      .map(({ key, meaning }) => [key, { description: meaning }]),
  )

const chartKeys = ['existingSecret', 'secretFiles', 'caKey', 'volume']

/** The schema of the chart's values, with the settings and the keys of registries that the code has. */
export const renderChartSchema = (text: string): string => {
  const schema = JSON.parse(text) as ValueSchema
  const { registries = {} } = schema.properties ?? {}
  const own = Object.entries(registries.items?.properties ?? {}).filter(([key]) => chartKeys.includes(key))
  const items = { ...registries.items, properties: { ...Object.fromEntries(own), ...registryKeySchemas() } }
  const properties = { ...schema.properties, config: configSchema(), registries: { ...registries, items } }
  return `${JSON.stringify({ ...schema, properties }, null, 2)}\n`
}
