import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { closingLine, type Counts, settledCounts } from '../closing-line.ts'
import { repositoryRoot } from '../repository.ts'
import { findSpecs } from './find-specs.ts'

const inCI = ['1', 'true'].includes(process.env['CI'] ?? '')

const runNode = (...args: ReadonlyArray<string>): number => {
  const { status } = spawnSync(process.execPath, args, { cwd: repositoryRoot, stdio: 'inherit' })
  return status ?? 1
}

const runMocha = (files: ReadonlyArray<string>, options: ReadonlyArray<string>, style: string): Counts => {
  const folder = mkdtempSync(join(tmpdir(), 'pull-secret-test-'))
  const countsFile = join(folder, 'counts.json')
  const exitCode = runNode(
    join(repositoryRoot, 'node_modules/mocha/bin/mocha.js'),
    '--reporter',
    join(import.meta.dirname, 'counting-reporter.ts'),
    '--reporter-option',
    `style=${style},counts=${countsFile}`,
    ...(inCI ? ['--forbid-only'] : []),
    ...options,
    ...files,
  )
  const counted = existsSync(countsFile) ? (JSON.parse(readFileSync(countsFile, 'utf8')) as Counts) : undefined
  rmSync(folder, { recursive: true })
  return settledCounts(counted, exitCode)
}

const close = (counts: Counts): number => {
  process.stdout.write(`${closingLine(counts)}\n`)
  return counts.failed === 0 ? 0 : 1
}

const closeUnrun = (sentence: string): number => {
  process.stderr.write(`${sentence}\n`)
  return close({ passed: 0, failed: 1, skipped: 0 })
}

/** Runs the named specs, or all; returns the exit code. */
export const runTests = (args: ReadonlyArray<string>): number => {
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

  const startsProcesses = files.some((file) => file.endsWith('.e2e.spec.ts'))
  if (startsProcesses && runNode(join(repositoryRoot, 'node_modules/typescript/bin/tsc'), '-b', 'packages') !== 0) {
    return closeUnrun('The build failed, and end-to-end specs start what it builds.')
  }
  return close(
    runMocha(
      files,
      [...(values.grep === undefined ? [] : ['--grep', values.grep]), ...(values.bail ? ['--bail'] : [])],
      values.reporter ?? (process.stdout.isTTY ? 'spec' : 'dot'),
    ),
  )
}
