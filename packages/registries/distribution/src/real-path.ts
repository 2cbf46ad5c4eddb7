import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** Where a file lies, or will lie, once links and dots are followed as far as they lead. */
export const realPath = (file: string): string => {
  const path = resolve(file)
  try {
    return realpathSync(path)
  } catch {
    const folder = dirname(path)
    return folder === path ? path : join(realPath(folder), basename(path))
  }
}
