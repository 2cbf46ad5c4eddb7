import { mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memoryFolder = '/dev/shm'
const neededBytes = 2 * 1024 ** 3

const hasRoomInMemory = (): Promise<boolean> =>
  statfs(memoryFolder).then(
    ({ bavail, bsize }) => bavail * bsize >= neededBytes,
    () => false,
  )

/**
 * Creates a folder for data that ends with the process: in memory when there are 2 GiB of room, else on disk.
 *
 * A database is a few hundred files: copying one takes 30 ms in memory, and many times that on some disks. A `TMPDIR`
 * in
 * the environment is respected.
 */
export const makeTemporaryFolder = async (): Promise<string> => {
  const parent = process.env['TMPDIR'] === undefined && (await hasRoomInMemory()) ? memoryFolder : tmpdir()
  return mkdtemp(join(parent, 'pull-secret-postgres-'))
}
