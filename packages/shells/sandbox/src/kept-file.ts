import { keptText } from './kept-text.ts'
import { replaceFile } from './replace-file.ts'

/** The text of a file; where there is none, a new one that is kept there from now on. */
export const keptFile = (file: string, make: () => string): string => {
  const kept = keptText(file)
  if (kept !== undefined) return kept
  const text = make()
  replaceFile(file, text)
  return text
}
