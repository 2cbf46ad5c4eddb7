import { readFileSync, statSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'

const defaultMaximumBytes = 1024 * 1024

const reasonOf = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown reason'
  return code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
}

const ruleBrokenBy = (path: string, maximumBytes: number): string | undefined => {
  const found = statSync(path)
  if (!found.isFile()) return 'is not a file'
  return found.size > maximumBytes ? `is larger than ${String(maximumBytes)} bytes` : undefined
}

/**
 * The text of a file that the configuration names, without a byte order mark; or the rule it breaks, to
 * follow the name of the file. Anything but a file is refused before it is read: opening a pipe would wait for its
 * writer. `maximumBytes` is 1 MiB where absent.
 */
export const readMountedFile = (path: string, maximumBytes = defaultMaximumBytes): E.Either<string, string> => {
  try {
    const broken = ruleBrokenBy(path, maximumBytes)
    if (broken !== undefined) return E.left(broken)
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
    return text.trim() === '' ? E.left('is empty') : E.right(text)
  } catch (error) {
    return E.left(reasonOf(error))
  }
}
