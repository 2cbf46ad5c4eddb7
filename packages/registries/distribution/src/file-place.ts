import type * as promises from 'node:fs/promises'
import { errorCode, UnusableFile } from './unusable-file.ts'

/** The part of Node's file system that is used here. */
export type FileSystem = Pick<
  typeof promises,
  'access' | 'lstat' | 'open' | 'readFile' | 'realpath' | 'rename' | 'rm' | 'stat'
>

export interface FileStatus {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly modifiedAtNanoseconds: bigint
  /** Differs after every change. */
  readonly version: string
}

/** Where a file really lies, and what is there: `undefined` for nothing yet. */
export interface FilePlace {
  readonly path: string
  readonly status: FileStatus | undefined
}

/** The kubelet replaces such a directory as a whole, and what was written in it is gone. */
const projectedDirectory = /^\.\.\d{4}_\d\d_\d\d_/

const missingAsUndefined = (error: unknown): undefined => {
  if (errorCode(error) === 'ENOENT') return undefined
  throw error
}

/** The end of a chain of links, which is where a rename has to put the new file. */
const followed = async (files: FileSystem, link: string): Promise<string> => {
  try {
    return await files.realpath(link)
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      throw new UnusableFile('dangling_link', 'is a link to a file that does not exist')
    throw error
  }
}

const statusOf = async (files: FileSystem, path: string): Promise<FileStatus | undefined> => {
  const found = await files.stat(path, { bigint: true }).catch(missingAsUndefined)
  if (found === undefined) return undefined
  const { dev, ino, nlink, size, mode, uid, gid, mtimeNs, ctimeNs } = found
  if (!found.isFile()) throw new UnusableFile('not_a_file', 'is a directory, a pipe, a socket or a device')
  if (nlink > 1n)
    throw new UnusableFile('hard_linked', 'has a second name (a hard link), under which it would stay as it is')
  return {
    mode: Number(mode & 0o7777n),
    uid: Number(uid),
    gid: Number(gid),
    modifiedAtNanoseconds: mtimeNs,
    version: [dev, ino, size, mtimeNs, ctimeNs].join(' '),
  }
}

/**
 * Follows links, and looks at what is there before anybody opens it: a pipe would never answer.
 * @throws UnusableFile, or what the file system says.
 */
export const findPlace = async (files: FileSystem, file: string): Promise<FilePlace> => {
  const named = await files.lstat(file).catch(missingAsUndefined)
  const path = named?.isSymbolicLink() === true ? await followed(files, file) : file
  if (path.split('/').some((part) => projectedDirectory.test(part)))
    throw new UnusableFile('projected', 'lies in a volume that Kubernetes projects and replaces: use another volume')
  return { path, status: await statusOf(files, path) }
}
