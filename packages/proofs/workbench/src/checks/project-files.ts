import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'

/** The files of the project, new ones included and ignored ones not, relative to the repository's root. */
export const projectFiles = (): ReadonlyArray<string> => {
  const { status, stdout, error } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`git could not list the files: ${error?.message ?? `exit code ${String(status)}`}`)
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(repositoryRoot, path)))
}
