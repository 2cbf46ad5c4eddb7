import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** As Node looks for a package: in the folder's own node_modules, then in those of the folders above. */
const placeOf = (name: string, from: string, root: string): string | undefined => {
  const place = join(from, 'node_modules', name)
  if (existsSync(place)) return place
  return from === root ? undefined : placeOf(name, dirname(from), root)
}

/** npm names what is optional among the dependencies, too. */
const needsOf = (folder: string, root: string): ReadonlyArray<string> => {
  const { dependencies = {}, optionalDependencies = {} } = readManifest(folder)
  return Object.keys(dependencies)
    .filter((name) => !(name in optionalDependencies))
    .map((name) => {
      const place = placeOf(name, folder, root)
      if (place === undefined) throw new Error(`${relative(root, folder)} needs ${name}, which is not installed`)
      return place
    })
}

/**
 * The folders, relative to the root, of installed packages and of what they need at run time, directly and through
 * others. What is optional is left out: it is native code that depends on the machine.
 */
export const neededPackages = (root: string, names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const found = new Set<string>()
  const visit = (folder: string): void => {
    if (found.has(folder)) return
    found.add(folder)
    needsOf(folder, root).forEach(visit)
  }
  names.forEach((name) => visit(join(root, 'node_modules', name)))
  return [...found].map((folder) => relative(root, folder))
}
