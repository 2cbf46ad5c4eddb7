import { spawnSync } from 'node:child_process'
import { repositoryRoot } from '../repository.ts'

/** One thing `npm run check` looks at. Each finding is a line for the reader; none means that all is well. */
export interface Step {
  readonly name: string
  readonly run: () => ReadonlyArray<string> | Promise<ReadonlyArray<string>>
}

/** Runs an installed tool and returns what it wrote when it was not content. */
export const complaintsOf = (script: string, ...args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n')
}
