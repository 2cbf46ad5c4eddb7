export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The plain last line of every lane, made for programs that read results. */
export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/**
 * What a test run that ended with `exitCode` amounts to; `counted` is undefined when it ended before it could count.
 */
export const settledCounts = (counted: Counts | undefined, exitCode: number): Counts => {
  const counts = counted ?? { passed: 0, failed: 0, skipped: 0 }
  const nothingRan = counts.passed + counts.failed === 0
  return (exitCode !== 0 || nothingRan) && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

export const sumOf = (all: ReadonlyArray<Counts>): Counts => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
})
