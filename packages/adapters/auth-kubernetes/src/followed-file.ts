import { readMountedFile } from '@pull-secret/mounted-files'
import * as E from 'fp-ts/lib/Either.js'
import { ConnectionFault } from './cluster-connection.ts'

const readEveryMilliseconds = 1000

/**
 * The text of a mounted file, at most a second old: Kubernetes replaces tokens and certificates while the process runs.
 * Throws a {@link ConnectionFault} while it cannot be read or is empty.
 */
export const makeFollowedFile = (path: string, monotonic: () => number): (() => string) => {
  let known: { readonly text: string; readonly readAt: number } | undefined
  return () => {
    if (known !== undefined && monotonic() - known.readAt < readEveryMilliseconds) return known.text
    const read = readMountedFile(path)
    if (E.isLeft(read)) throw new ConnectionFault(`${path} ${read.left}`)
    known = { text: read.right.trim(), readAt: monotonic() }
    return known.text
  }
}
