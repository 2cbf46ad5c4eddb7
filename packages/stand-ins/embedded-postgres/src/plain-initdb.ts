import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Binaries } from './locate-binaries.ts'

/** `initdb` starts `postgres` through a shell, with its own resolved path between double quotes. */
const isTakenApartByShell = (path: string): boolean => /["$`\\\n\r]/.test(path)

const copyInto = async (folder: string, { initdb, postgres }: Binaries): Promise<string> => {
  const native = dirname(dirname(initdb))
  const programs = join(folder, 'bin')
  await mkdir(programs)
  // Copies: a link would be resolved, and another file system takes no hard link.
  for (const program of [initdb, postgres])
    await copyFile(program, join(programs, basename(program)), constants.COPYFILE_FICLONE)
  for (const name of ['lib', 'share']) await symlink(join(native, name), join(folder, name))
  // The server may run as a user that is neither this one nor root.
  await chmod(folder, 0o755)
  return join(programs, basename(initdb))
}

/** Works with an `initdb` whose path no shell takes apart: the installed one, or a copy for the time being. */
export const withPlainInitdb = async <A>(binaries: Binaries, work: (initdb: string) => Promise<A>): Promise<A> => {
  if (!isTakenApartByShell(binaries.initdb)) return work(binaries.initdb)
  const folder = await mkdtemp(join(tmpdir(), 'pull-secret-initdb-'))
  try {
    return await work(await copyInto(folder, binaries))
  } finally {
    await rm(folder, { recursive: true })
  }
}
