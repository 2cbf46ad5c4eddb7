#!/usr/bin/env node
import '../require-node-24.mjs'

const { runTests } = await import('../src/testing/run-tests.ts')
process.exitCode = await runTests(process.argv.slice(2))
