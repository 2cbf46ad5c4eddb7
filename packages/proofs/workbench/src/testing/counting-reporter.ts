import { writeFileSync } from 'node:fs'
import Mocha from 'mocha'
import type { Counts } from '../closing-line.ts'
import { skipReasonOf } from './skip-reason.ts'

interface ReporterOptions {
  readonly reporterOptions?: { readonly style?: keyof typeof Mocha.reporters; readonly counts?: string }
}

/** Shows the run in one of mocha's own styles, then names what was skipped and why, and leaves the counts in a file. */
const CountingReporter = function (runner: Mocha.Runner, options: Mocha.MochaOptions): void {
  const { style = 'spec', counts: countsFile } = (options as ReporterOptions).reporterOptions ?? {}
  const Style = Mocha.reporters[style]
  new (Style as Mocha.ReporterConstructor)(runner, options)

  let passed = 0
  let failed = 0
  const skipped: Array<string> = []
  runner.on('pass', () => {
    passed += 1
  })
  runner.on('fail', () => {
    failed += 1
  })
  runner.on('pending', (test) => {
    skipped.push(`skipped: ${test.fullTitle()}: ${skipReasonOf(test)}\n`)
  })
  runner.once('end', () => {
    process.stdout.write(skipped.join(''))
    const counts: Counts = { passed, failed, skipped: skipped.length }
    if (countsFile !== undefined) writeFileSync(countsFile, JSON.stringify(counts))
  })
}

// Mocha loads reporters by require and takes what it gets for the constructor.
export { CountingReporter as 'module.exports' }
