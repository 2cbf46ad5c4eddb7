#!/usr/bin/env node
import '@pull-secret/workbench/require-node-24.mjs'

// As in the bench: nothing built may be loaded before it is made.
const { buildPackages } = await import('../src/bench/build-packages.ts')
if (buildPackages()) {
  const { benchWaiting } = await import('../src/bench/bench-waiting.ts')
  await benchWaiting(process.argv.slice(2))
} else {
  process.stderr.write('The build failed, so there is nothing to measure.\n')
  process.exitCode = 1
}
