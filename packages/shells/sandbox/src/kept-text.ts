import { readFileSync } from 'node:fs'
import { errorCodeOf } from './error-code-of.ts'
import { explainFailure } from './explain-failure.ts'

/** The text of a file; undefined where there is none. */
export const keptText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined
    throw explainFailure(error, file)
  }
}
