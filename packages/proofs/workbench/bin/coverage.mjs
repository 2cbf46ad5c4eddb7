#!/usr/bin/env node
import '../require-node-24.mjs'

const { reportCoverage } = await import('../src/line-coverage/report-coverage.ts')
process.exitCode = await reportCoverage(process.argv.slice(2))
