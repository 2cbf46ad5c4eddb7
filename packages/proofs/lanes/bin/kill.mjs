#!/usr/bin/env node
import '@pull-secret/workbench/require-node-24.mjs'

const { runKill } = await import('../src/kill/run-kill.ts')
process.exitCode = await runKill(process.argv.slice(2))
