import { accessSync, chmodSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { errorCodeOf } from './error-code-of.ts'
import { SandboxError } from './sandbox-error.ts'
import { sandboxFiles } from './sandbox-files.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOTDIR: 'it is not a folder, or a part of its path is not one',
  ENOENT: 'the folder above it does not exist',
  EACCES: 'this user lacks the permission to read and write it',
  EPERM: 'it belongs to another user',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
}

const unusable = (folder: string, reason: string): SandboxError =>
  new SandboxError(`The folder ${folder} cannot be used: ${reason}.`)

const attempt = (folder: string, act: () => void): void => {
  try {
    act()
  } catch (error) {
    const code = errorCodeOf(error)
    throw code === undefined ? error : unusable(folder, reasons[code] ?? code)
  }
}

/** Not recursive: where a file system refuses new folders, Node's recursive way can try for ever. */
const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error
  }
}

/** A start cut short may have left nothing but the unfinished mark. */
const holdsForeignThings = (folder: string): boolean => {
  const { ports } = sandboxFiles(folder)
  const names = readdirSync(folder)
  return !names.includes(basename(ports)) && names.some((name) => !name.startsWith(basename(ports)))
}

/**
 * Makes sure that the folder is there, for its owner only.
 *
 * @throws SandboxError when it cannot be used, or holds what is no sandbox's.
 */
export const openFolder = (folder: string): void => {
  attempt(folder, () => {
    makeFolder(folder)
    const isForeign = holdsForeignThings(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    if (isForeign) throw unusable(folder, 'it contains files that do not belong to a sandbox')
    chmodSync(folder, 0o700)
  })
}

/**
 * Removes all that a sandbox keeps. What marks the folder as a sandbox goes last, so that a removal cut short can be
 * repeated.
 */
export const emptyFolder = (folder: string): void => {
  const { ports } = sandboxFiles(folder)
  attempt(folder, () => {
    for (const path of readdirSync(folder).map((name) => join(folder, name))) {
      if (path !== ports) rmSync(path, { recursive: true })
    }
    rmSync(ports, { force: true })
  })
}
