import { readFile } from 'node:fs/promises'
import { ConnectionFault } from './cluster-connection.ts'

const readEveryMilliseconds = 1000
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? 'unknown reason'

/**
 * The text of a mounted file, at most a second old: Kubernetes replaces tokens and certificates while the process runs.
 * Rejects with a {@link ConnectionFault} while it cannot be read or is empty.
 */
export const makeFollowedFile = (path: string, monotonic: () => number): (() => Promise<string>) => {
  let known: { readonly text: string; readonly readAt: number } | undefined
  const read = async (): Promise<string> => {
    try {
      return (await readFile(path, 'utf8')).trim()
    } catch (error) {
      throw new ConnectionFault(`${path} cannot be read (${codeOf(error)})`)
    }
  }
  return async () => {
    if (known !== undefined && monotonic() - known.readAt < readEveryMilliseconds) return known.text
    const text = await read()
    if (text === '') throw new ConnectionFault(`${path} is empty`)
    known = { text, readAt: monotonic() }
    return text
  }
}
