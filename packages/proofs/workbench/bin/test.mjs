#!/usr/bin/env node
import '../require-node-24.mjs'

if (process.env['COVERAGE']) {
  const { collectCoverage } = await import('../src/line-coverage/collected-coverage.ts')
  collectCoverage()
  // Only this run: what the specs start collects along, and forgets nothing.
  delete process.env['COVERAGE']
}
const { runTests } = await import('../src/testing/run-tests.ts')
process.exitCode = await runTests(process.argv.slice(2))
