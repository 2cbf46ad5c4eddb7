import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KnipConfig } from 'knip'
import { repositoryRoot } from './src/repository.ts'

interface Workspace {
  entry: Array<string>
  project: Array<string>
  ignoreDependencies: Array<string>
}

const folders = ['packages', 'examples']
  .filter((parent) => existsSync(join(repositoryRoot, parent)))
  .flatMap((parent) => readdirSync(join(repositoryRoot, parent)).map((name) => `${parent}/${name}`))
  .filter((folder) => existsSync(join(repositoryRoot, folder, 'package.json')))

/** A package that so far is only laid out declares what it is going to use. */
const isLaidOutOnly = (folder: string): boolean => {
  const sources = globSync('src/**/*.ts', { cwd: join(repositoryRoot, folder) })
  const [only] = sources
  return (
    sources.length === 1 &&
    only !== undefined &&
    readFileSync(join(repositoryRoot, folder, only), 'utf8').trim() === 'export {}'
  )
}

/** What the layout declares ahead of the code that is going to use it, or what is there for people to call. */
const declaredAhead: Readonly<Record<string, Array<string>>> = {
  '.': ['lerna', 'c8', 'fast-check', 'nock', '@stryker-mutator/.*', '@types/express', '@types/pg'],
  'packages/workbench': ['@pull-secret/.*', 'express', 'pg'],
}

const entriesOf = (folder: string): Array<string> => [
  'src/**/*.spec.ts',
  'test/**/*.spec.ts',
  'bin/*.mjs',
  ...(folder === 'packages/workbench'
    ? [
        'src/testing/counting-reporter.ts',
        'src/bench/baseline/serve-baseline.ts',
        'src/mutants/general/short-histories.ts',
        'src/mutants/simulation-alone.ts',
        'real/**/*.spec.ts',
      ]
    : []),
  ...(folder.startsWith('examples/') ? ['**/*.{ts,mjs}'] : []),
]

const workspaceOf = (folder: string): Workspace => ({
  entry: entriesOf(folder),
  project: ['**/*.{ts,mjs}'],
  ignoreDependencies: isLaidOutOnly(folder) ? ['.*'] : (declaredAhead[folder] ?? []),
})

const config: KnipConfig = {
  ignoreExportsUsedInFile: true,
  // A root needs its optional peers; which of them a deployable brings is the deployable's to say.
  exclude: ['optionalPeerDependencies'],
  workspaces: {
    '.': { entry: ['eslint.config.js', '.mocharc.cjs'], project: [], ignoreDependencies: declaredAhead['.'] ?? [] },
    ...Object.fromEntries(folders.map((folder) => [folder, workspaceOf(folder)])),
  },
}

// eslint-disable-next-line no-restricted-syntax -- Knip reads its configuration from the default export
export default config
