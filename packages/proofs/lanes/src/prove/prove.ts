import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { closingLine, repositoryRoot } from '@pull-secret/workbench'
import { type LaneResult, laneResult, renderReport, total } from './lane-result.ts'

/** As many random histories as a quarter of an hour of two cores plays. */
const histories = 25_000

const day = Math.floor(Date.now() / 86_400_000)

/** Other histories from day to day, and another seventh of the pairs of faults, so that proofs add up. */
const firstSeed = day * histories + 1
const shareOfPairs = `${String((day % 7) + 1)}/7`

/**
 * Everything that speaks for the product, the quick first: npm scripts and their arguments. In full, but for pairs of
 * faults and general mutants, of which each day has its share.
 */
const lanes: ReadonlyArray<readonly [script: string, ...args: ReadonlyArray<string>]> = [
  ['check'],
  ['test'],
  ['test:real'],
  ['test:vendor'],
  ['chart'],
  ['image'],
  ['docs:check'],
  ['simulate', '--exhaustive'],
  ['simulate', '--exhaustive', '--pairs', '--share', shareOfPairs],
  ['simulate', '--runs', String(histories), '--seed', String(firstSeed)],
  ['test:kill'],
  ['mutants'],
  ['mutation', '--bounded'],
]

const runLane = async ([script, ...args]: (typeof lanes)[number]): Promise<LaneResult> => {
  const lane = [script, ...args].join(' ')
  process.stdout.write(`\n== ${lane}\n`)
  const begun = performance.now()
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: Array<string> = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    process.stdout.write(`${line}\n`)
  })
  await once(child, 'close')
  return laneResult({ lane, lines, exitCode: child.exitCode ?? 1, seconds: (performance.now() - begun) / 1000 })
}

/** Runs every lane in full, whatever the others found, and reports; returns the exit code. */
export const prove = async (): Promise<number> => {
  const results: Array<LaneResult> = []
  for (const lane of lanes) results.push(await runLane(lane))
  const sum = total(results)
  process.stdout.write(`\n${renderReport(results)}\n${closingLine(sum)}\n`)
  return sum.failed === 0 ? 0 : 1
}
