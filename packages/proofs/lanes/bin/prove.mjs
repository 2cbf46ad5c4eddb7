#!/usr/bin/env node
import '@pull-secret/workbench/require-node-24.mjs'

const { prove } = await import('../src/prove/prove.ts')
process.exitCode = await prove()
