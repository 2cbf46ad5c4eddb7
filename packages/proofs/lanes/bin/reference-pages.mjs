import '@pull-secret/workbench/require-node-24.mjs'
import { readFileSync, writeFileSync } from 'node:fs'

const { renderConfiguration } = await import('../src/reference-pages/render-configuration.ts')
const { renderOperations } = await import('../src/reference-pages/render-operations.ts')

const folder = new URL('../../../../docs/', import.meta.url)
const httpApi = new URL('http-api.md', folder)
writeFileSync(new URL('configuration.md', folder), renderConfiguration())
writeFileSync(httpApi, renderOperations(readFileSync(httpApi, 'utf8')))
