import '@pull-secret/workbench/require-node-24.mjs'

const { runMutation } = await import('../src/general/run-mutation.ts')
process.exitCode = runMutation(process.argv.slice(2), process.stdout)
