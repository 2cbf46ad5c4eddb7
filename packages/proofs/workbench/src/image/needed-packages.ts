import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A package that a program runs with. */
export interface NeededPackage {
  /** Where it is found, relative to the root: `node_modules/@pull-secret/domain`. */
  readonly place: string
  /** Where its files are: elsewhere for a package of the workspace, which is linked. */
  readonly folder: string
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** As Node looks for a package: in the folder's own node_modules, then in those of the folders above. */
const placeOf = (name: string, from: string, root: string): string | undefined => {
  const place = join(from, 'node_modules', name)
  if (existsSync(place)) return place
  return from === root ? undefined : placeOf(name, dirname(from), root)
}

const needsOf = (folder: string, root: string): ReadonlyArray<string> => {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = readManifest(folder)
  return Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies }).flatMap((name) => {
    const place = placeOf(name, folder, root)
    if (place === undefined && name in dependencies && !(name in optionalDependencies))
      throw new Error(`${relative(root, folder)} needs ${name}, which is not installed`)
    return place ?? []
  })
}

/** What the package of a folder needs at run time, directly and through others, as installed below the root. */
export const neededPackages = (root: string, folder: string): ReadonlyArray<NeededPackage> => {
  const found = new Map<string, string>()
  const visit = (needing: string): void => {
    for (const place of needsOf(needing, root)) {
      if (found.has(place)) continue
      const real = realpathSync(place)
      found.set(place, real)
      visit(real)
    }
  }
  visit(join(root, folder))
  return [...found].map(([place, real]) => ({ place: relative(root, place), folder: relative(root, real) }))
}
