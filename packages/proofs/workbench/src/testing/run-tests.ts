import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { closingLine, type Counts, sumOf } from '../closing-line.ts'
import { repositoryRoot } from '../repository.ts'
import { findSpecs } from './find-specs.ts'
import { type Lane, lanesOf } from './lanes-of.ts'
import { runMocha, type Tally } from './run-mocha.ts'
import { runNode } from './run-node.ts'
import { takeTurns, type Target, type Turn } from './take-turns.ts'

const here: Target = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}
const unrun: Counts = { passed: 0, failed: 1, skipped: 0 }

const close = (counts: Counts): number => {
  process.stdout.write(`${closingLine(counts)}\n`)
  return counts.failed === 0 ? 0 : 1
}

const closeUnrun = (sentence: string): number => {
  process.stderr.write(`${sentence}\n`)
  return close(unrun)
}

const build = (target?: Target): Promise<number> =>
  runNode([join(repositoryRoot, 'node_modules/typescript/bin/tsc'), '-b', 'packages'], target)

const runLane = async (
  { files, needsBuild }: Lane,
  how: { readonly style: string; readonly options: ReadonlyArray<string> },
  turn?: Turn,
): Promise<Tally> => {
  if (!needsBuild || (await build(turn)) === 0) return runMocha(files, how, turn)
  const { err } = turn ?? here
  err('The build failed, and end-to-end specs start what it builds.\n')
  return { counts: unrun, skips: [] }
}

/**
 * Runs the named specs, or all; returns the exit code. A plain run of all takes several processes at once. With names
 * or options it takes one, so that `--bail` ends everything and a reporter writes one report.
 */
export const runTests = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      reporter: { type: 'string' },
      grep: { type: 'string', short: 'g' },
      bail: { type: 'boolean', short: 'b' },
    },
  })
  const from = [process.env['INIT_CWD'] ?? process.cwd(), repositoryRoot]
  const { files, unknown } = findSpecs(positionals, { from })
  if (unknown.length > 0) return closeUnrun(`No spec found for: ${unknown.join(', ')}`)
  if (files.length === 0) return closeUnrun('No spec found.')

  const lanes = lanesOf(files, { apart: args.length === 0 })
  const turns = lanes.length > 1 ? takeTurns(lanes.length, here) : []
  const how = {
    style: values.reporter ?? (process.stdout.isTTY ? 'spec' : 'dot'),
    options: [...(values.grep === undefined ? [] : ['--grep', values.grep]), ...(values.bail ? ['--bail'] : [])],
  }
  const tallies = await Promise.all(
    lanes.map((lane, index) => runLane(lane, how, turns[index]).finally(() => turns[index]?.end())),
  )
  for (const skip of tallies.flatMap(({ skips }) => skips)) process.stdout.write(`skipped: ${skip}\n`)
  return close(sumOf(tallies.map(({ counts }) => counts)))
}
