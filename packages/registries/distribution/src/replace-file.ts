import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { type FileStatus, type FileSystem, findPlace } from './file-place.ts'
import { errorCode } from './unusable-file.ts'

export interface FoundFile extends FileStatus {
  /** The file's bytes, one character each. */
  readonly text: string
}

/** Where the file really lies, behind all links, and what is in it; `undefined` for a file that does not exist. */
export interface FoundPlace {
  readonly path: string
  readonly found: FoundFile | undefined
}

/**
 * `unsure`: the new file may or may not be in place, or may not survive a power cut. All others but `replaced`: the
 * old file is untouched.
 */
export type Replacement = 'replaced' | 'unsure' | 'too_late' | 'changed_meanwhile'

export interface ReplaceFileRequest {
  readonly file: string
  /** What the new text was made from. */
  readonly before: FoundPlace
  readonly text: string
  /** Asked immediately before the new file takes the old one's place. */
  readonly isInTime: () => boolean
}

const modeOfNewFile = 0o640

/**
 * After these the kernel has not renamed anything; an input or output error on a network file system may come after
 * the fact.
 */
const definiteRefusals = new Set(['EACCES', 'EBUSY', 'EDQUOT', 'EISDIR', 'ENOENT', 'ENOSPC', 'EPERM', 'EROFS', 'EXDEV'])

/** The version is older than the text, so a change in between is noticed later. */
export const readFoundFile = async (files: FileSystem, file: string): Promise<FoundPlace> => {
  const { path, status } = await findPlace(files, file)
  if (status === undefined) return { path, found: undefined }
  return { path, found: { ...status, text: await files.readFile(path, 'latin1') } }
}

const writeBeside = async (
  files: FileSystem,
  temporary: string,
  { before: { found: before }, text }: ReplaceFileRequest,
): Promise<void> => {
  const handle = await files.open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(text, 'latin1')
    const written = await handle.stat({ bigint: true })
    if (before !== undefined && (written.uid !== BigInt(before.uid) || written.gid !== BigInt(before.gid)))
      await handle.chown(before.uid, before.gid)
    await handle.chmod(before?.mode ?? modeOfNewFile)
    // The registry reads the file again only when its time differs, and two writes may fall into one tick.
    if (before !== undefined && written.mtimeNs <= before.modifiedAtNanoseconds) {
      const later = Number(before.modifiedAtNanoseconds / 1_000_000_000n) + 1
      await handle.utimes(later, later)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const syncDirectory = async (files: FileSystem, file: string): Promise<Replacement> => {
  try {
    const directory = await files.open(dirname(file), 'r')
    await directory.sync().finally(() => directory.close())
    return 'replaced'
  } catch {
    return 'unsure'
  }
}

const rename = async (files: FileSystem, temporary: string, file: string): Promise<Replacement> => {
  try {
    await files.rename(temporary, file)
    return await syncDirectory(files, file)
  } catch (error) {
    if (definiteRefusals.has(errorCode(error))) throw error
    return 'unsure'
  }
}

/**
 * Puts a new file in the place of the old one in one step, with its mode and owner and a strictly later time. A link to
 * the old one stays.
 * @throws what the file system says, if nothing was replaced.
 */
export const replaceFile = async (files: FileSystem, request: ReplaceFileRequest): Promise<Replacement> => {
  const { file, before, isInTime } = request
  const temporary = join(dirname(before.path), `.${basename(before.path)}.${randomUUID()}`)
  try {
    await writeBeside(files, temporary, request)
    const now = await findPlace(files, file)
    if (now.status?.version !== before.found?.version) return 'changed_meanwhile'
    return isInTime() ? await rename(files, temporary, before.path) : 'too_late'
  } finally {
    await files.rm(temporary, { force: true }).catch(() => undefined)
  }
}
