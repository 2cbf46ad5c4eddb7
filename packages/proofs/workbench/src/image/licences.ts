import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: unknown
}

const isLegal = (file: string): boolean => /^(licen[cs]e|notice|copying)/i.test(file)

const read = (path: string): string => readFileSync(path, 'utf8').trim()

/** Some packages bring no text, and only name their licence. */
const licencesOf = (folder: string): string => {
  const { name, version, license } = JSON.parse(read(join(folder, 'package.json'))) as Manifest
  const texts = readdirSync(folder)
    .filter(isLegal)
    .sort()
    .map((file) => read(join(folder, file)))
  if (texts.length === 0 && typeof license !== 'string') throw new Error(`${name} does not say its licence`)
  return [`${name} ${version} (${typeof license === 'string' ? license : 'see below'})`, ...texts].join('\n\n')
}

/**
 * The licences of packages whose code is in a bundle: they ask to be passed on with it. The folders are relative to the
 * root.
 *
 * @throws Error for a package that neither has nor names one
 */
export const licencesText = (root: string, folders: ReadonlyArray<string>): string =>
  `${folders.map((folder) => licencesOf(join(root, folder))).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
