#!/usr/bin/env node
import '../require-node-24.mjs'

const { runNewRegistry } = await import('../src/new-registry/run-new-registry.ts')
process.exitCode = await runNewRegistry(process.argv.slice(2))
