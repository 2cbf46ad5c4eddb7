import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What PostgreSQL says about its server in `postmaster.pid`: the process id, and `starting`, `ready` or `stopping`. */
export interface ServerLock {
  readonly pid: number
  readonly status: string
}

const statusLine = 7

/** The file by which a running server marks its data directory as taken. */
export const serverLockPath = (clusterData: string): string => join(clusterData, 'postmaster.pid')

/** Undefined when there is no such file, or PostgreSQL has not written the process id yet. */
export const readServerLock = async (clusterData: string): Promise<ServerLock | undefined> => {
  const text = await readFile(serverLockPath(clusterData), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  return Number.isNaN(pid) ? undefined : { pid, status: (lines[statusLine] ?? '').trim() }
}
