import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sourceCondition } from '../repository.ts'
import { readImports } from './read-imports.ts'

interface Canary {
  readonly file: string
  readonly code: string
  readonly breaks?: string
}

/** One small source for each way to break the law, and some that keep it. */
// prettier-ignore
const canaries: ReadonlyArray<Canary> = [
  { file: 'packages/core/domain/src/index.ts', code: `export type Thing = string; export const thing: Thing = ''` },
  { file: 'packages/core/domain/src/upward.ts', code: `import '@pull-secret/server'`, breaks: 'core/domain-imports-what-is-listed' },
  { file: 'packages/core/domain/src/clock.ts', code: `import 'node:fs'`, breaks: 'core/domain-imports-nothing-of-node' },
  { file: 'packages/core/domain/src/codec.ts', code: `import 'io-ts'`, breaks: 'io-ts-stays-in-its-packages' },
  { file: 'packages/core/domain/src/library.ts', code: `import 'chai'`, breaks: 'core/domain-imports-no-other-library' },
  { file: 'packages/core/domain/src/fp.ts', code: `import 'fp-ts/lib/Either.js'` },
  { file: 'packages/core/domain/src/testing/a-thing.ts', code: `export const aThing = 1` },
  { file: 'packages/core/domain/src/built.ts', code: `import './testing/a-thing.ts'`, breaks: 'builders-are-for-specs' },
  { file: 'packages/core/domain/src/built.spec.ts', code: `import './testing/a-thing.ts'` },
  { file: 'packages/core/domain/src/one.ts', code: `import './other.ts'`, breaks: 'no-cycles' },
  { file: 'packages/core/domain/src/other.ts', code: `import './one.ts'` },
  { file: 'packages/core/domain/src/lost.ts', code: `import './nowhere.ts'`, breaks: 'imports-resolve' },
  { file: 'packages/shells/composition/src/index.ts', code: `export const open = 1` },
  { file: 'packages/shells/composition/src/embedded.ts', code: `export const embed = 1` },
  { file: 'packages/shells/server/src/index.ts', code: `import type { Thing } from '@pull-secret/domain'; export type T = Thing` },
  { file: 'packages/shells/server/src/value.ts', code: `import { thing } from '@pull-secret/domain'; export const t = thing` },
  { file: 'packages/shells/server/src/path.ts', code: `import '../../composition/src/index.ts'`, breaks: 'packages-are-imported-by-name' },
  { file: 'packages/shells/server/src/express.ts', code: `import 'express'` },
  { file: 'packages/shells/server/src/orm.ts', code: `import type { A } from '@mikro-orm/core'; export type B = A`, breaks: 'mikro-orm-stays-in-its-packages' },
  { file: 'packages/shells/server/src/inject.ts', code: `import 'inversify'`, breaks: 'inversify-stays-in-its-packages' },
  { file: 'packages/shells/server/src/trace.ts', code: `import '@opentelemetry/api'`, breaks: 'opentelemetry-stays-in-its-packages' },
  { file: 'packages/shells/server/src/undeclared.ts', code: `import 'chai'`, breaks: 'packages-declare-what-they-import' },
  { file: 'packages/shells/server/src/simulate.ts', code: `import '@pull-secret/registry-simulators'`, breaks: 'shells/server-imports-what-is-listed' },
  { file: 'packages/shells/server/src/simulate.spec.ts', code: `import '@pull-secret/registry-simulators'` },
  { file: 'packages/shells/server/src/store.spec.ts', code: `import '@pull-secret/postgres'`, breaks: 'shells/server-specs-import-what-is-listed' },
  { file: 'packages/shells/sdk/src/embedded.ts', code: `import '@pull-secret/composition/embedded'` },
  { file: 'packages/shells/sdk/src/whole.ts', code: `import '@pull-secret/composition'`, breaks: 'shells/sdk-imports-what-is-listed' },
  { file: 'packages/shells/api/src/index.ts', code: `export type Api = string; export const api: Api = ''` },
  { file: 'packages/shells/sdk/src/api-type.ts', code: `import type { Api } from '@pull-secret/api'; export type A = Api` },
  { file: 'packages/shells/sdk/src/api-value.ts', code: `import { api } from '@pull-secret/api'; export const a = api`, breaks: 'shells/sdk-imports-shells/api-as-types' },
  { file: 'packages/shells/sdk/src/web.ts', code: `import 'express'`, breaks: 'express-stays-in-its-packages' },
  { file: 'packages/stand-ins/registry-simulators/src/index.ts', code: `export const simulate = 1` },
  { file: 'packages/adapters/postgres/src/index.ts', code: `import 'pg'` },
  { file: 'packages/adapters/postgres/src/call.ts', code: `import 'undici'`, breaks: 'undici-stays-in-its-packages' },
  { file: 'packages/registries/quay/src/store.ts', code: `import 'pg'`, breaks: 'pg-stays-in-its-packages' },
  { file: 'packages/registries/newcomer/src/index.ts', code: `export type { Thing } from '@pull-secret/domain'` },
  { file: 'packages/registries/newcomer/src/upward.ts', code: `import '@pull-secret/composition'`, breaks: 'registries/newcomer-imports-what-is-listed' },
  { file: 'examples/e/e.ts', code: `import '@pull-secret/postgres'`, breaks: 'examples-import-what-is-offered' },
]

const libraries = [
  'fp-ts',
  'io-ts',
  'chai',
  'express',
  'inversify',
  'undici',
  'pg',
  '@mikro-orm/core',
  '@opentelemetry/api',
]
/** Name by folder. */
const packages = {
  'core/domain': 'domain',
  'shells/composition': 'composition',
  'shells/api': 'api',
  'shells/server': 'server',
  'shells/sdk': 'sdk',
  'stand-ins/registry-simulators': 'registry-simulators',
  'adapters/postgres': 'postgres',
  'registries/quay': 'registry-quay',
  'registries/newcomer': 'registry-newcomer',
}
const declared = Object.fromEntries(libraries.filter((name) => name !== 'chai').map((name) => [name, '1']))
const declaredPackages = Object.fromEntries(Object.values(packages).map((name) => [`@pull-secret/${name}`, '1']))

const plant = (root: string): void => {
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const { file, code } of canaries) write(file, code)
  for (const name of libraries) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0' }))
    write(`node_modules/${name}/index.js`, '')
    write(`node_modules/${name}/lib/Either.js`, '')
  }
  mkdirSync(join(root, 'node_modules/@pull-secret'))
  for (const [folder, name] of Object.entries(packages)) {
    const exports = {
      '.': { [sourceCondition]: './src/index.ts', default: './dist/index.js' },
      './embedded': { [sourceCondition]: './src/embedded.ts', default: './dist/embedded.js' },
    }
    const dependencies = { ...declared, ...declaredPackages }
    write(
      `packages/${folder}/package.json`,
      JSON.stringify({ name: `@pull-secret/${name}`, type: 'module', exports, dependencies }),
    )
    symlinkSync(join(root, 'packages', folder), join(root, 'node_modules/@pull-secret', name))
  }
}

/** Plants a small repository that breaks the law in every known way; returns what the reading got wrong about it. */
export const listenToCanaries = async (): Promise<ReadonlyArray<string>> => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'import-law-')))
  plant(root)
  const { violations, unread } = await readImports(root)
  rmSync(root, { recursive: true })

  const broken = new Set(violations.map(({ from, rule }) => `${from} ${rule}`))
  return [
    ...unread.map((path) => `canary ${path} was not read`),
    ...canaries
      .filter(({ file, breaks }) => breaks !== undefined && !broken.has(`${file} ${breaks}`))
      .map(({ file, breaks }) => `canary ${file} broke ${breaks ?? ''} and was not reported`),
    ...canaries
      .filter(({ file, breaks }) => breaks === undefined && violations.some(({ from }) => from === file))
      .map(({ file }) => `canary ${file} keeps the law and was reported`),
  ]
}
