#!/usr/bin/env node
import '../require-node-24.mjs'

const { runKill } = await import('../src/killing/run-kill.ts')
process.exitCode = await runKill(process.argv.slice(2))
