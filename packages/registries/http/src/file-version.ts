import { statSync } from 'node:fs'

/**
 * A text that changes when a file or its permissions do, links followed: Kubernetes swaps a mounted Secret by a link.
 * `undefined` where no file is to be found. Synchronous, so that nothing comes between a check and its use.
 */
export const fileVersion = (path: string): string | undefined => {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join(':')
  } catch {
    return undefined
  }
}
