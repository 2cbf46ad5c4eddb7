import { existsSync, globSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { repositoryRoot } from '../repository.ts'

const everySpec = ['packages/*/*/{src,test}/**/*.spec.ts', 'examples/*/**/*.spec.ts']
const isForeign = (path: string): boolean => /(^|\/)(node_modules|dist)(\/|$)/.test(path)

/** From the quick to the slow. */
export const kinds = ['fast', 'integration', 'endToEnd'] as const
export type SpecKind = (typeof kinds)[number]

/** What a spec may do, by the end of its name: no I/O, I/O, or start processes. */
export const kindOf = (path: string): SpecKind => {
  if (path.endsWith('.e2e.spec.ts')) return 'endToEnd'
  return path.endsWith('.int.spec.ts') ? 'integration' : 'fast'
}

/** Fast specs first, so that a broken rule shows before servers and processes are started. */
const byKindThenName = (left: string, right: string): number =>
  kinds.indexOf(kindOf(left)) - kinds.indexOf(kindOf(right)) || (left < right ? -1 : 1)

const specsIn = (patterns: ReadonlyArray<string>, root: string): ReadonlyArray<string> =>
  globSync(patterns, { cwd: root, exclude: isForeign })

const specsNamed = (name: string, from: ReadonlyArray<string>, root: string): ReadonlyArray<string> => {
  const found = from.map((folder) => resolve(folder, name)).find((path) => existsSync(path))
  if (found === undefined) return specsIn([name], root)
  const path = relative(root, found)
  return statSync(found).isDirectory() ? specsIn([join(path, '**/*.spec.ts')], root) : [path]
}

export interface FoundSpecs {
  readonly files: ReadonlyArray<string>
  readonly unknown: ReadonlyArray<string>
}

/**
 * The spec files to run, relative to the repository's root: all of them, or those named by file, folder or pattern.
 * `unknown` are the names that lead to no spec.
 */
export const findSpecs = (
  names: ReadonlyArray<string>,
  { root = repositoryRoot, from = [root] }: { readonly root?: string; readonly from?: ReadonlyArray<string> } = {},
): FoundSpecs => {
  if (names.length === 0) return { files: [...specsIn(everySpec, root)].sort(byKindThenName), unknown: [] }
  const found = names.map((name) => ({ name, files: specsNamed(name, from, root) }))
  return {
    files: [...new Set(found.flatMap(({ files }) => files))].sort(byKindThenName),
    unknown: found.filter(({ files }) => files.length === 0).map(({ name }) => name),
  }
}
