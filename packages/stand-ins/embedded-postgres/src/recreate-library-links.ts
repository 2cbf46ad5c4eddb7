import { readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { errorCodeOf } from './error-code-of.ts'

interface LibraryLink {
  readonly source: string
  readonly target: string
}

const isLibraryLink = (value: unknown): value is LibraryLink =>
  typeof value === 'object' &&
  value !== null &&
  'source' in value &&
  typeof value.source === 'string' &&
  'target' in value &&
  typeof value.target === 'string'

const readLibraryLinks = async (packageDirectory: string): Promise<ReadonlyArray<LibraryLink>> => {
  const listed: unknown = JSON.parse(await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8'))
  return Array.isArray(listed) ? listed.filter(isLibraryLink) : []
}

const createLink = async (packageDirectory: string, { source, target }: LibraryLink): Promise<void> => {
  try {
    // symlink(2) either creates the whole link or fails with EEXIST, so processes that start together cannot see half
    // of one.
    await symlink(basename(source), join(packageDirectory, target))
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error
  }
}

/**
 * Creates the links between shared libraries which npm leaves out of an archive.
 *
 * The binary package does this in an install script; with `ignore-scripts` it never ran, and the server does not load.
 * Source and target of every link of these packages share a directory.
 */
export const recreateLibraryLinks = async (packageDirectory: string): Promise<void> => {
  try {
    const links = await readLibraryLinks(packageDirectory)
    const siblings = links.filter(({ source, target }) => dirname(source) === dirname(target))
    await Promise.all(siblings.map((link) => createLink(packageDirectory, link)))
  } catch (error) {
    const reason = errorCodeOf(error) ?? 'unreadable list of links'
    throw new EmbeddedPostgresError(
      'NO_BINARIES',
      `The PostgreSQL binaries in ${packageDirectory} lack links between their libraries, ` +
        `and creating them failed (${reason}).`,
    )
  }
}
