import { spawnSync } from 'node:child_process'
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'
import { copyTree, removeTree } from './copied-tree.ts'
import type { ProtocolMutant } from './protocol-mutants.ts'

/** The suites that must notice a fault in the protocol, the quick ones first. */
const suites: readonly string[] = ['packages/domain', 'packages/application', 'packages/in-memory', 'packages/simulation']

const folder = join(repositoryRoot, '.mutants')

export const openTree = (): void => { copyTree(folder) }

export const closeTree = (): void => { removeTree(folder) }

const replaceFile = (file: string, text: string): void => {
  unlinkSync(file)
  writeFileSync(file, text)
}

export type Verdict = { readonly kind: 'killed'; readonly by: string } | { readonly kind: 'survived' } | { readonly kind: 'stale'; readonly reason: string }

/** npm tells its caller's folder; the copy's specs are meant, not the caller's. */
const runSuite = (suite: string): boolean =>
  spawnSync(process.execPath, ['packages/workbench/bin/test.mjs', suite, '-b'], { cwd: folder, stdio: 'ignore', env: { ...process.env, CI: '', INIT_CWD: folder } }).status === 0

/** The first suite that is red without any fault: then no verdict would mean anything. */
export const redWithoutFault = (): string | undefined => suites.find((suite) => !runSuite(suite))

/** Applies one fault, runs the judges until one turns red, and takes the fault out again. */
export const judge = (mutant: ProtocolMutant, judges = suites): Verdict => {
  const file = join(folder, mutant.file)
  const text = readFileSync(file, 'utf8')
  if (text.split(mutant.find).length !== 2) return { kind: 'stale', reason: `its text stands ${String(text.split(mutant.find).length - 1)} times in ${mutant.file}` }
  replaceFile(file, text.replace(mutant.find, () => mutant.replace))
  try {
    const killer = judges.find((suite) => !runSuite(suite))
    return killer === undefined ? { kind: 'survived' } : { kind: 'killed', by: killer }
  } finally {
    replaceFile(file, text)
  }
}
