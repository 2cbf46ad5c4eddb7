const { join } = require('node:path')

module.exports = {
  'node-option': ['conditions=@pull-secret/source'],
  extension: ['ts'],
  require: [join(__dirname, 'packages/proofs/workbench/src/testing/mocha-setup.ts')],
  // Far above what any spec takes: it ends what hangs and asserts nothing.
  timeout: 60_000,
}
