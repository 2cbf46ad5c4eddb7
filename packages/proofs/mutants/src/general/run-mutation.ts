import { globSync } from 'node:fs'
import { closingLine, repositoryRoot } from '@pull-secret/workbench'
import { equivalentMutants } from './equivalent-mutants.ts'
import { type Verdict, verdictOf } from './mutation-report.ts'
import { isJudge, judgedFolders, leastScore, leastScoreOfShare, shares } from './settings.ts'
import { judgeFiles } from './stryker-run.ts'

interface Sink {
  readonly write: (text: string) => unknown
}

const everyFile = (): ReadonlyArray<string> =>
  globSync(
    judgedFolders.map((folder) => `${folder}/**/*.ts`),
    { cwd: repositoryRoot },
  )
    .filter((file) => !isJudge(file))
    .sort()

/** Different files from day to day, so that every file gets its turn in the bounded lane. */
export const shareOf = (files: ReadonlyArray<string>, day: number): ReadonlyArray<string> =>
  files.filter((_, index) => index % shares === day % shares)

const told = ({ noticed, timedOut, survivors, setAside, stale, score }: Verdict, least: number): string =>
  [
    ...survivors.map(
      ({ file, line, find, replace }) => `survived  ${file}:${String(line)}\n  find     ${find}\n  replace  ${replace}`,
    ),
    ...stale.map(
      ({ file, find, replace }) => `STALE     ${file} has no such survivor\n  find     ${find}\n  replace  ${replace}`,
    ),
    [
      `score: ${score.toFixed(1)} % of ${String(noticed + survivors.length)} mutants noticed`,
      ` (${String(timedOut)} by timeout), at least ${String(least)} % required;`,
      ` ${String(setAside)} more set aside, each with a reason`,
    ].join(''),
  ].join('\n')

/** `npm run mutation`: mutates the core file by file; gives 1 if the specs notice too few of the mutants. */
export const runMutation = (args: ReadonlyArray<string>, out: Sink): number => {
  const isBounded = args.includes('--bounded')
  const wanted = args.find((arg) => !arg.startsWith('--')) ?? ''
  const files = isBounded ? shareOf(everyFile(), Math.floor(Date.now() / 86_400_000)) : everyFile()
  const report = judgeFiles(files.filter((file) => file.includes(wanted)))
  if (report === undefined) {
    out.write(`FAILED  nothing was judged\n${closingLine({ passed: 0, failed: 1, skipped: 0 })}\n`)
    return 1
  }
  const least = isBounded ? leastScoreOfShare : leastScore
  const verdict = verdictOf(report, equivalentMutants)
  const failed = verdict.stale.length + (verdict.score < least ? verdict.survivors.length : 0)
  out.write(`${told(verdict, least)}\n${closingLine({ passed: verdict.noticed, failed, skipped: 0 })}\n`)
  return failed === 0 ? 0 : 1
}
