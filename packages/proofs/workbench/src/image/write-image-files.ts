import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundleCommand } from './bundle-command.ts'
import { licencesText } from './licences.ts'
import { neededPackages } from './needed-packages.ts'
import { isShipped } from './shipped-files.ts'

/** They read files of their own, so that they stay packages beside the bundle. */
const keptPackages = ['piscina', 'swagger-ui-dist']

export interface ImageFolders {
  /** Becomes all that the image adds to its base. */
  readonly image: string
  /** The source maps of the bundle, which the image does not have. */
  readonly sourceMaps: string
}

const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

const copyPackage = (root: string, folder: string, image: string): void => {
  const isNested = (path: string): boolean => path.split('/').includes('node_modules')
  for (const path of globSync('**/*', { cwd: join(root, folder), exclude: isNested })) {
    const [from, to] = [join(root, folder, path), join(image, folder, path)]
    if (!isShipped(path) || !statSync(from).isFile()) continue
    mkdirSync(dirname(to), { recursive: true })
    cpSync(from, to)
  }
}

/** What the code reads about itself, and where it finds the thread that it starts. */
const manifestText = (root: string): string => {
  const manifest = readFileSync(join(root, 'packages/shells/cli/package.json'), 'utf8')
  const { name, version, license } = JSON.parse(manifest) as Readonly<Record<string, string>>
  const imports = { '#hash-worker': './dist/hash-worker.js' }
  return `${JSON.stringify({ name, version, license, private: true, type: 'module', imports }, undefined, 2)}\n`
}

/**
 * Writes the files of the image into new folders: the built command in one bundle, the packages that it imports beside
 * it, and all licences. `bin/pull-secret` of the image starts it.
 */
export const writeImageFiles = async (root: string, { image, sourceMaps }: ImageFolders): Promise<void> => {
  const { code, sourceMaps: maps, packages } = await bundleCommand(root, keptPackages)
  for (const [path, content] of code) write(join(image, 'dist', path), content)
  for (const [path, content] of maps) write(join(sourceMaps, path), content)
  for (const folder of neededPackages(root, keptPackages)) copyPackage(root, folder, image)
  write(join(image, 'package.json'), manifestText(root))
  write(join(image, 'THIRD-PARTY-LICENSES'), licencesText(root, packages))
  cpSync(join(root, 'LICENSE'), join(image, 'LICENSE'))
  chmodSync(join(image, 'dist/pull-secret.js'), 0o755)
  mkdirSync(join(image, 'bin'))
  symlinkSync('../dist/pull-secret.js', join(image, 'bin/pull-secret'))
}
