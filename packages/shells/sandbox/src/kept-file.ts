import { readFileSync } from 'node:fs'
import { errorCodeOf } from './error-code-of.ts'
import { replaceFile } from './replace-file.ts'

/** The text of a file; where there is none, a new one that is kept there from now on. */
export const keptFile = (file: string, make: () => string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error
  }
  const text = make()
  replaceFile(file, text)
  return text
}
