import '@pull-secret/workbench/require-node-24.mjs'
import { readFileSync, writeFileSync } from 'node:fs'

const { renderChartSchema } = await import('../src/reference-pages/render-chart-schema.ts')
const { renderChartValues } = await import('../src/reference-pages/render-chart-values.ts')
const { renderConfiguration } = await import('../src/reference-pages/render-configuration.ts')
const { renderOperations } = await import('../src/reference-pages/render-operations.ts')

const folder = new URL('../../../../docs/', import.meta.url)
const chart = new URL('../../../helm-chart/', import.meta.url)
/** @type {(name: string, base: URL) => string} */
const read = (name, base) => readFileSync(new URL(name, base), 'utf8')
/** @type {(name: string, base: URL, text: string) => void} */
const write = (name, base, text) => writeFileSync(new URL(name, base), text)

write('configuration.md', folder, renderConfiguration())
write('http-api.md', folder, renderOperations(read('http-api.md', folder)))
const schema = renderChartSchema(read('values.schema.json', chart))
write('values.schema.json', chart, schema)
write('README.md', chart, renderChartValues(read('README.md', chart), read('values.yaml', chart), schema))
