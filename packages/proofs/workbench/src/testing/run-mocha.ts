import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Counts, settledCounts } from '../closing-line.ts'
import { repositoryRoot } from '../repository.ts'
import { runNode } from './run-node.ts'
import type { Target } from './take-turns.ts'

/** What a run amounts to. `skips` names each skipped test with its reason. */
export interface Tally {
  readonly counts: Counts
  readonly skips: ReadonlyArray<string>
}

const inCI = ['1', 'true'].includes(process.env['CI'] ?? '')

/** Runs spec files in one process of mocha, shown in one of its styles. */
export const runMocha = async (
  files: ReadonlyArray<string>,
  { style, options }: { readonly style: string; readonly options: ReadonlyArray<string> },
  target?: Target,
): Promise<Tally> => {
  const folder = mkdtempSync(join(tmpdir(), 'pull-secret-test-'))
  const tallyFile = join(folder, 'tally.json')
  const exitCode = await runNode(
    [
      join(repositoryRoot, 'node_modules/mocha/bin/mocha.js'),
      '--reporter',
      join(import.meta.dirname, 'counting-reporter.ts'),
      '--reporter-option',
      `style=${style},tally=${tallyFile}`,
      ...(inCI ? ['--forbid-only'] : []),
      ...(target !== undefined && process.stdout.isTTY ? ['--color'] : []),
      ...options,
      ...files,
    ],
    target,
  )
  const tally = existsSync(tallyFile) ? (JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally) : undefined
  rmSync(folder, { recursive: true })
  return { counts: settledCounts(tally?.counts, exitCode), skips: tally?.skips ?? [] }
}
