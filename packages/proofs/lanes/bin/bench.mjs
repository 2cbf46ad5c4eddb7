#!/usr/bin/env node
import '@pull-secret/workbench/require-node-24.mjs'

// The bench measures what the build makes, so nothing built may be loaded before it is made.
const { buildPackages } = await import('../src/bench/build-packages.ts')
if (buildPackages()) {
  const { runBench } = await import('../src/bench/run-bench.ts')
  process.exitCode = await runBench(process.argv.slice(2))
} else {
  process.stderr.write('The build failed, so there is nothing to measure.\n')
  process.exitCode = 1
}
