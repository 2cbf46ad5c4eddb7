#!/usr/bin/env node
import '../require-node-24.mjs'

const { prove } = await import('../src/proving/prove.ts')
process.exitCode = await prove()
