#!/usr/bin/env node
import '../require-node-24.mjs'

const { writeReferences } = await import('../src/checks/references.ts')
for (const file of writeReferences()) process.stdout.write(`wrote ${file}\n`)
