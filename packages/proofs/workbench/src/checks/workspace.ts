import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '../repository.ts'

const scope = '@pull-secret/'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export interface WorkspacePackage {
  readonly name: string
  /** Relative to the repository's root: `packages/core/domain`. */
  readonly folder: string
  readonly hasTypeScript: boolean
  /** Workspace packages its production code needs, by name. */
  readonly needs: ReadonlyArray<string>
  /** Workspace packages only its specs need, by name. */
  readonly specsNeed: ReadonlyArray<string>
}

const workspaceNames = (dependencies: Readonly<Record<string, string>> = {}): ReadonlyArray<string> =>
  Object.keys(dependencies)
    .filter((name) => name.startsWith(scope))
    .map((name) => name.slice(scope.length))

const readPackage = (root: string, folder: string): WorkspacePackage => {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
  return {
    name: manifest.name.slice(scope.length),
    folder,
    hasTypeScript: existsSync(join(root, folder, 'tsconfig.json')),
    needs: [...workspaceNames(manifest.dependencies), ...workspaceNames(manifest.peerDependencies)],
    specsNeed: workspaceNames(manifest.devDependencies),
  }
}

/** The folders of the packages below `packages/`, each in its group, in alphabetical order. */
export const packageFoldersIn = (root: string): ReadonlyArray<string> =>
  globSync('packages/*/*/package.json', { cwd: root })
    .map((manifest) => dirname(manifest))
    .sort()

/** The packages below `packages/`, in alphabetical order. */
export const readWorkspace = (root = repositoryRoot): ReadonlyArray<WorkspacePackage> =>
  packageFoldersIn(root).map((folder) => readPackage(root, folder))
