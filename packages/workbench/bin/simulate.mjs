import '../require-node-24.mjs'

const { simulate } = await import('../src/simulate/simulate.ts')
process.exitCode = await simulate(process.argv.slice(2), process.stdout, process.stderr)
