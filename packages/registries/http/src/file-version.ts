import { statSync } from 'node:fs'

/**
 * A text that changes when a file does, links followed: Kubernetes swaps a mounted Secret by a link.
 * `undefined` where no file is to be found. Synchronous, so that nothing comes between a check and its use.
 */
export const fileVersion = (path: string): string | undefined => {
  try {
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true })
    return [dev, ino, size, mtimeNs].join(':')
  } catch {
    return undefined
  }
}
