import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'

const scope = '@pull-secret/'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export interface WorkspacePackage {
  readonly name: string
  readonly folder: string
  readonly hasTypeScript: boolean
  /** Workspace packages its production code needs, by folder name. */
  readonly needs: ReadonlyArray<string>
  /** Workspace packages only its specs need, by folder name. */
  readonly specsNeed: ReadonlyArray<string>
}

const workspaceNames = (dependencies: Readonly<Record<string, string>> = {}): ReadonlyArray<string> =>
  Object.keys(dependencies)
    .filter((name) => name.startsWith(scope))
    .map((name) => name.slice(scope.length))

const readPackage = (name: string, folder: string): WorkspacePackage => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  return {
    name,
    folder,
    hasTypeScript: existsSync(join(folder, 'tsconfig.json')),
    needs: [...workspaceNames(manifest.dependencies), ...workspaceNames(manifest.peerDependencies)],
    specsNeed: workspaceNames(manifest.devDependencies),
  }
}

/** The packages below `packages/`, in alphabetical order. */
export const readWorkspace = (root = repositoryRoot): ReadonlyArray<WorkspacePackage> =>
  readdirSync(join(root, 'packages'))
    .map((name) => ({ name, folder: join(root, 'packages', name) }))
    .filter(({ folder }) => existsSync(join(folder, 'package.json')))
    .map(({ name, folder }) => readPackage(name, folder))
