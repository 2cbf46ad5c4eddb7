#!/usr/bin/env node
import '../require-node-24.mjs'

const { writePeerVersions } = await import('../src/release/peer-versions.ts')
writePeerVersions()
