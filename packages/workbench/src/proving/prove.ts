import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { closingLine } from '../closing-line.ts'
import { repositoryRoot } from '../repository.ts'
import { laneResult, renderReport, total, type LaneResult } from './lane-result.ts'

/** Everything that speaks for the product, the quick first. A lane that does not exist yet is left out. */
const lanes = ['check', 'test', 'simulate', 'test:real', 'test:kill', 'mutants']

const existingLanes = (): readonly string[] => {
  const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> }
  return lanes.filter((lane) => Object.hasOwn(scripts, lane))
}

const runLane = async (lane: string): Promise<LaneResult> => {
  process.stdout.write(`\n== ${lane}\n`)
  const begun = performance.now()
  const child = spawn('npm', ['run', '--silent', lane], { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    process.stdout.write(`${line}\n`)
  })
  await once(child, 'close')
  return laneResult({ lane, lines, exitCode: child.exitCode ?? 1, seconds: (performance.now() - begun) / 1000 })
}

/** Runs every lane in full, whatever the others found, and reports; returns the exit code. */
export const prove = async (): Promise<number> => {
  const results: LaneResult[] = []
  for (const lane of existingLanes()) results.push(await runLane(lane))
  const sum = total(results)
  process.stdout.write(`\n${renderReport(results)}\n${closingLine(sum)}\n`)
  return sum.failed === 0 ? 0 : 1
}
