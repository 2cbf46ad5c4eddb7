import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { errorCodeOf } from './error-code-of.ts'
import { SandboxError } from './sandbox-error.ts'

/**
 * Takes a folder for this process. The lock is an abstract socket named after the folder's inode: the kernel gives it
 * to one process at a time and takes it back when that process ends, however it ends.
 *
 * @returns what gives the folder back.
 * @throws SandboxError when another process holds it.
 */
export const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  const { dev, ino } = statSync(folder, { bigint: true })
  const name = createHash('sha256')
    .update(`${String(dev)} ${String(ino)}`)
    .digest('hex')
  const lock = createServer()
  lock.listen(`\0hyperfleet-sandbox-${name}`)
  try {
    await once(lock, 'listening')
  } catch (error) {
    if (errorCodeOf(error) !== 'EADDRINUSE') throw error
    throw new SandboxError(
      [
        `A sandbox is already running in ${folder}`,
        'stop it first, or start this one with another --folder and other ports.',
      ].join(': '),
    )
  }
  lock.unref()
  return async () => {
    lock.close()
    await once(lock, 'close')
  }
}
