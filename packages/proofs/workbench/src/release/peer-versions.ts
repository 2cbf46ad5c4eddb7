import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFoldersIn } from '../checks/workspace.ts'
import { repositoryRoot } from '../repository.ts'

const ours = '@pull-secret/'

interface Manifest {
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** The manifest with every peer of ours at the version. */
export const withPeersAt = <M extends Manifest>(manifest: M, version: string): M =>
  manifest.peerDependencies === undefined
    ? manifest
    : {
        ...manifest,
        peerDependencies: Object.fromEntries(
          Object.entries(manifest.peerDependencies).map(([name, range]) => [
            name,
            name.startsWith(ours) ? version : range,
          ]),
        ),
      }

/** Lerna raises the versions of dependencies, but leaves peer dependencies alone: npm would not find the old ones. */
export const writePeerVersions = (): void => {
  const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')
  const { version } = JSON.parse(read('lerna.json')) as { readonly version: string }
  for (const file of packageFoldersIn(repositoryRoot).map((folder) => `${folder}/package.json`)) {
    const text = read(file)
    const raised = `${JSON.stringify(withPeersAt(JSON.parse(text) as Manifest, version), null, 2)}\n`
    if (raised !== text) writeFileSync(join(repositoryRoot, file), raised)
  }
}
