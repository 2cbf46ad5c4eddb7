import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'

export const coverageFolder = join(repositoryRoot, 'coverage')

/** What every process of a run leaves behind, by Node's own means. */
export const collectedFolder = join(coverageFolder, 'collected')

/** Has the processes that this one starts, and theirs, write down which lines they ran. Forgets an earlier run. */
export const collectCoverage = (): void => {
  rmSync(coverageFolder, { recursive: true, force: true })
  process.env['NODE_V8_COVERAGE'] = collectedFolder
}
