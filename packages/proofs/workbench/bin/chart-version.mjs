#!/usr/bin/env node
import '../require-node-24.mjs'

const { writeChartVersion } = await import('../src/release/chart-version.ts')
writeChartVersion()
