#!/usr/bin/env node
import '@pull-secret/workbench/require-node-24.mjs'

const { runRehearse } = await import('../src/rehearse/run-rehearse.ts')
process.exitCode = await runRehearse(process.argv.slice(2))
