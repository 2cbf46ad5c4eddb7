import { existsSync } from 'node:fs'
import { closingLine } from '../closing-line.ts'
import { runTests } from '../testing/run-tests.ts'
import { collectCoverage, collectedFolder } from './collected-coverage.ts'
import { lineCoverage } from './line-coverage.ts'

const leastPercent = 80

const report = async (): Promise<number> => {
  if (!existsSync(collectedFolder)) {
    process.stderr.write('No coverage was collected: run `COVERAGE=1 npm test` before.\n')
    process.stdout.write(`${closingLine({ passed: 0, failed: 1, skipped: 0 })}\n`)
    return 1
  }
  const rows = (await lineCoverage()).map(({ folder, lines, covered }) => ({
    folder,
    percent: (covered / lines) * 100,
  }))
  for (const { folder, percent } of rows) {
    const verdict = percent < leastPercent ? 'FAILED' : 'ok    '
    process.stdout.write(`${verdict}  ${percent.toFixed(1).padStart(5)} % of the lines of ${folder}\n`)
  }
  const failed = rows.filter(({ percent }) => percent < leastPercent).length
  process.stdout.write(`${closingLine({ passed: rows.length - failed, failed, skipped: 0 })}\n`)
  return failed === 0 ? 0 : 1
}

/**
 * `npm run coverage`: runs the specs and tells how many lines of each package ran; with `--collected`, of what
 * `COVERAGE=1 npm test` ran. Gives 1 if a package has too few.
 */
export const reportCoverage = async (args: ReadonlyArray<string>): Promise<number> => {
  if (args.includes('--collected')) return report()
  collectCoverage()
  const testsExitCode = await runTests([])
  return Math.max(testsExitCode, await report())
}
