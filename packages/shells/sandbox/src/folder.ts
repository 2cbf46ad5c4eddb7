import { accessSync, chmodSync, constants, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { errorCodeOf } from './error-code-of.ts'
import { fileReasons } from './explain-failure.ts'
import { SandboxError } from './sandbox-error.ts'
import { sandboxFiles } from './sandbox-files.ts'

const unusable = (folder: string, reason: string): SandboxError =>
  new SandboxError(`The folder ${folder} cannot be used: ${reason}.`)

const attempt = (folder: string, act: () => void): void => {
  try {
    act()
  } catch (error) {
    const code = errorCodeOf(error)
    throw code === undefined ? error : unusable(folder, fileReasons[code] ?? code)
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

/** A start cut short may have left nothing but what tells Git to pass over the folder, and the unfinished mark. */
const holdsForeignThings = (folder: string): boolean => {
  const [ignore, mark] = [sandboxFiles(folder).ignore, sandboxFiles(folder).ports].map((file) => basename(file))
  const names = readdirSync(folder)
  return !names.includes(String(mark)) && names.some((name) => name !== ignore && !name.startsWith(String(mark)))
}

/** Within a checkout the folder's secrets must not be committed. */
const hideFromGit = (folder: string): void => {
  try {
    writeFileSync(sandboxFiles(folder).ignore, '*\n', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error
  }
}

/**
 * Makes sure that the folder is there, for its owner only, and that Git passes over it.
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
    hideFromGit(folder)
  })
}

/**
 * Removes all that a sandbox keeps. What marks the folder as a sandbox goes last, so that a removal cut short can be
 * repeated.
 */
export const emptyFolder = (folder: string): void => {
  const { ports, ignore } = sandboxFiles(folder)
  attempt(folder, () => {
    for (const path of readdirSync(folder).map((name) => join(folder, name))) {
      if (path !== ports && path !== ignore) rmSync(path, { recursive: true })
    }
    rmSync(ports, { force: true })
  })
}
