import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'esbuild'

/** What the lockfile says of each installed package, by its folder. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

const packageFolder = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/

/** For the folder of every package that is installed more than once in the same version, the folder of the first. */
export const firstCopies = ({ packages }: Lockfile): ReadonlyMap<string, string> => {
  const folders = Object.keys(packages)
    .filter((folder) => packageFolder.test(folder))
    .sort()
  const first = new Map<string, string>()
  return new Map(
    folders.flatMap((folder) => {
      const release = `${packageFolder.exec(folder)?.[1] ?? ''}@${packages[folder]?.version ?? ''}`
      const known = first.get(release)
      if (known !== undefined) return [[folder, known] as const]
      first.set(release, folder)
      return []
    }),
  )
}

const underWay = Symbol('resolving')

/**
 * npm installs a package once more for everybody who needs another version than the one on top, even where they need
 * the same. Here they share one, which is then loaded once.
 */
export const oneCopyEach = (root: string): Plugin => ({
  name: 'one-copy-each',
  setup: (bundling) => {
    const copies = firstCopies(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile)
    bundling.onResolve({ filter: /^[^./#]/, namespace: 'file' }, async ({ path, pluginData, ...from }) => {
      if (pluginData === underWay) return undefined
      const found = await bundling.resolve(path, { ...from, pluginData: underWay })
      const file = relative(root, found.path)
      const folder = packageFolder.exec(file)?.[0] ?? ''
      const first = copies.get(folder)
      return first === undefined ? found : { ...found, path: join(root, first, relative(folder, file)) }
    })
  },
})
