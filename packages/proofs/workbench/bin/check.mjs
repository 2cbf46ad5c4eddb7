#!/usr/bin/env node
import '../require-node-24.mjs'

const { runChecks } = await import('../src/checks/run-checks.ts')
process.exitCode = await runChecks()
