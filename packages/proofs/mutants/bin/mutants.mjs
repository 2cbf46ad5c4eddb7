import '@pull-secret/workbench/require-node-24.mjs'

const { runMutants } = await import('../src/run-mutants.ts')
process.exitCode = await runMutants(process.argv.slice(2), process.stdout)
