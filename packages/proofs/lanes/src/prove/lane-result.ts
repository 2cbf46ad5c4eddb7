import { type Counts, settledCounts } from '@pull-secret/workbench'

/** How one lane ended; `score` is what it says about itself beside the counts. */
export type LaneResult = Counts & { readonly lane: string; readonly seconds: number; readonly score?: string }

export interface EndedLane {
  readonly lane: string
  readonly lines: ReadonlyArray<string>
  readonly exitCode: number
  readonly seconds: number
}

const closing = /^(\d+) passed, (\d+) failed, (\d+) skipped$/
const scoring = 'score: '

/** Reads a lane's closing line; a lane that closes without one, or against its exit code, has failed. */
export const laneResult = ({ lane, lines, exitCode, seconds }: EndedLane): LaneResult => {
  const [, passed, failed, skipped] = lines.map((line) => closing.exec(line)).findLast((match) => match !== null) ?? []
  const counted =
    passed === undefined ? undefined : { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) }
  return {
    lane,
    seconds,
    ...settledCounts(counted, exitCode),
    score: lines.findLast((line) => line.startsWith(scoring))?.slice(scoring.length),
  }
}

export const total = (results: ReadonlyArray<LaneResult>): Counts =>
  results.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

const laneColumn = 26

const row = ({ lane, passed, failed, skipped, seconds, score }: LaneResult): string =>
  [
    lane.padEnd(laneColumn),
    ...[passed, failed, skipped].map((count) => String(count).padStart(8)),
    `${seconds.toFixed(0)} s`.padStart(9),
    ...(score === undefined ? [] : [`  ${score}`]),
  ].join('')

const counted = ['passed', 'failed', 'skipped']

/** One line a lane. */
export const renderReport = (results: ReadonlyArray<LaneResult>): string =>
  [
    ['lane'.padEnd(laneColumn), ...counted.map((title) => title.padStart(8)), 'time'.padStart(9)].join(''),
    ...results.map(row),
  ].join('\n')
