#!/usr/bin/env node
import '../require-node-24.mjs'

const { writeReferences } = await import('../src/checking/references.ts')
for (const file of writeReferences()) process.stdout.write(`wrote ${file}\n`)
