import '../require-node-24.mjs'

const { runMutation } = await import('../src/mutants/general/run-mutation.ts')
process.exitCode = runMutation(process.argv.slice(2), process.stdout)
