import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'

/** Builds every package; says whether that worked. */
export const buildPackages = (): boolean => {
  const compiler = join(repositoryRoot, 'node_modules/typescript/bin/tsc')
  return (
    spawnSync(process.execPath, [compiler, '-b', 'packages'], { cwd: repositoryRoot, stdio: 'inherit' }).status === 0
  )
}
