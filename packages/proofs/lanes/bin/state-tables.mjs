import '@pull-secret/workbench/require-node-24.mjs'
import { writeFileSync } from 'node:fs'

const { renderStateTables } = await import('../src/state-tables.ts')
writeFileSync(new URL('../../../../docs/state-tables.md', import.meta.url), renderStateTables())
