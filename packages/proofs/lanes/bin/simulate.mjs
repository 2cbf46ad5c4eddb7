import '@pull-secret/workbench/require-node-24.mjs'

// A reader that left, as head does, is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const { simulate } = await import('../src/simulate/simulate.ts')
process.exitCode = await simulate(process.argv.slice(2), process.stdout, process.stderr)
