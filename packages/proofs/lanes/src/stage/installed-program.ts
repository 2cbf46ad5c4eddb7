import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Daemons are often outside the path of an ordinary user. */
const daemonFolders = ['/usr/local/sbin', '/usr/sbin']

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Absolute path of a program, or undefined where it is not installed. */
export const findProgram = (name: string): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), ...daemonFolders]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)

/** Where a package of Debian has another name than its program. */
const packages: Readonly<Record<string, string>> = { promtool: 'prometheus' }

/** What to tell somebody who lacks programs; undefined when all of them are there. */
export const missingPrograms = (names: ReadonlyArray<string>): string | undefined => {
  const missing = names.filter((name) => findProgram(name) === undefined)
  return missing.length === 0
    ? undefined
    : [
        `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed`,
        `(on Debian: apt-get install ${missing.map((name) => packages[name] ?? name).join(' ')})`,
      ].join(' ')
}
