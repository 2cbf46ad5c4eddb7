import { writeFileSync } from 'node:fs'
import Mocha from 'mocha'
import type { Tally } from './run-mocha.ts'
import { skipReasonOf } from './skip-reason.ts'

interface ReporterOptions {
  readonly reporterOptions?: { readonly style?: keyof typeof Mocha.reporters; readonly tally?: string }
}

/** Shows the run in one of mocha's own styles, and leaves in a file the counts and what was skipped and why. */
const CountingReporter = function (runner: Mocha.Runner, options: Mocha.MochaOptions): void {
  const { style = 'spec', tally: tallyFile } = (options as ReporterOptions).reporterOptions ?? {}
  const Style = Mocha.reporters[style]
  new (Style as Mocha.ReporterConstructor)(runner, options)

  let passed = 0
  let failed = 0
  const skips: Array<string> = []
  runner.on('pass', () => {
    passed += 1
  })
  runner.on('fail', () => {
    failed += 1
  })
  runner.on('pending', (test) => {
    skips.push(`${test.fullTitle()}: ${skipReasonOf(test)}`)
  })
  runner.once('end', () => {
    const tally: Tally = { counts: { passed, failed, skipped: skips.length }, skips }
    if (tallyFile !== undefined) writeFileSync(tallyFile, JSON.stringify(tally))
  })
}

// Mocha loads reporters by require and takes what it gets for the constructor.
export { CountingReporter as 'module.exports' }
