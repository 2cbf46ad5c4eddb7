import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import type { KnipConfig } from 'knip'
import { repositoryRoot } from './src/repository.ts'

interface Workspace {
  entry: Array<string>
  project: Array<string>
  ignoreDependencies: Array<string>
}

const folders = globSync(['packages/*/*/package.json', 'examples/*/package.json'], { cwd: repositoryRoot }).map(
  (manifest) => dirname(manifest),
)

/** What people and npm scripts call, and types that come with a package that is imported. */
const calledByHand = ['lerna', 'fast-check', '@stryker-mutator/.*', '@types/express', '@types/pg']

/** What is loaded by its path: in another thread or process, or by mocha. */
const loadedByPath: Readonly<Record<string, Array<string>>> = {
  'packages/proofs/workbench': ['src/testing/counting-reporter.ts'],
  'packages/proofs/mutants': ['src/general/short-histories.ts', 'src/simulation-alone.ts'],
  'packages/proofs/lanes': [
    'src/bench/baseline/serve-baseline.ts',
    'src/bench/under-test/{flood,serve-reviews}.ts',
    '{real,vendor,chart,image,docs}/**/*.spec.ts',
  ],
}

/** What is named only in text that is compiled. */
const namedInText: Readonly<Record<string, Array<string>>> = {
  'packages/proofs/lanes': [
    'kubernetes-models',
    '@kubernetes-models/external-secrets',
    '@kubernetes-models/prometheus-operator',
  ],
}

const workspaceOf = (folder: string): Workspace => ({
  entry: [
    'src/**/*.spec.ts',
    'test/**/*.spec.ts',
    'bin/*.mjs',
    ...(loadedByPath[folder] ?? []),
    ...(folder.startsWith('examples/') ? ['**/*.{ts,mjs}'] : []),
  ],
  project: ['**/*.{ts,mjs}'],
  ignoreDependencies: namedInText[folder] ?? [],
})

const config: KnipConfig = {
  ignoreExportsUsedInFile: true,
  // A root needs its optional peers; which of them a deployable brings is the deployable's to say.
  exclude: ['optionalPeerDependencies'],
  workspaces: {
    '.': { entry: ['eslint.config.js', '.mocharc.cjs'], project: [], ignoreDependencies: calledByHand },
    ...Object.fromEntries(folders.map((folder) => [folder, workspaceOf(folder)])),
  },
}

// eslint-disable-next-line no-restricted-syntax -- Knip reads its configuration from the default export
export default config
