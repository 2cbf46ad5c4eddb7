import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'

const copied = [
  'packages',
  'node_modules',
  'test-fixtures',
  'docs',
  'package.json',
  '.mocharc.cjs',
  'tsconfig.base.json',
]

/** A copy of the tree whose workspace links lead into the copy; files are hard links until they are replaced. */
export const copyTree = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const entry of copied.filter((name) => existsSync(join(repositoryRoot, name)))) {
    execFileSync('cp', ['-al', join(repositoryRoot, entry), join(folder, entry)])
  }
}

export const removeTree = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
}
