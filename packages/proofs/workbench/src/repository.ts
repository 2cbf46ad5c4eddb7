import { join } from 'node:path'

/** Absolute path of the repository's top folder. */
export const repositoryRoot = join(import.meta.dirname, '../../../..')

/** The export condition under which workspace packages resolve to their TypeScript source. */
export const sourceCondition = '@pull-secret/source'
