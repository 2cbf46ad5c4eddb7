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
  { file: 'packages/domain/src/index.ts', code: `export type Thing = string; export const thing: Thing = ''` },
  { file: 'packages/domain/src/upward.ts', code: `import '@pull-secret/server'`, breaks: 'domain-imports-what-is-listed' },
  { file: 'packages/domain/src/clock.ts', code: `import 'node:fs'`, breaks: 'domain-imports-nothing-of-node' },
  { file: 'packages/domain/src/codec.ts', code: `import 'io-ts'`, breaks: 'io-ts-stays-in-its-packages' },
  { file: 'packages/domain/src/library.ts', code: `import 'chai'`, breaks: 'domain-imports-no-other-library' },
  { file: 'packages/domain/src/fp.ts', code: `import 'fp-ts/lib/Either.js'` },
  { file: 'packages/domain/src/one.ts', code: `import './other.ts'`, breaks: 'no-cycles' },
  { file: 'packages/domain/src/other.ts', code: `import './one.ts'` },
  { file: 'packages/domain/src/lost.ts', code: `import './nowhere.ts'`, breaks: 'imports-resolve' },
  { file: 'packages/composition/src/index.ts', code: `export const open = 1` },
  { file: 'packages/composition/src/embedded.ts', code: `export const embed = 1` },
  { file: 'packages/server/src/index.ts', code: `import type { Thing } from '@pull-secret/domain'; export type T = Thing` },
  { file: 'packages/server/src/value.ts', code: `import { thing } from '@pull-secret/domain'; export const t = thing`, breaks: 'server-imports-domain-as-types' },
  { file: 'packages/server/src/path.ts', code: `import '../../composition/src/index.ts'`, breaks: 'packages-are-imported-by-name' },
  { file: 'packages/server/src/express.ts', code: `import 'express'` },
  { file: 'packages/server/src/orm.ts', code: `import type { A } from '@mikro-orm/core'; export type B = A`, breaks: 'mikro-orm-stays-in-its-packages' },
  { file: 'packages/server/src/inject.ts', code: `import 'inversify'`, breaks: 'inversify-stays-in-its-packages' },
  { file: 'packages/server/src/undeclared.ts', code: `import 'chai'`, breaks: 'packages-declare-what-they-import' },
  { file: 'packages/server/src/simulate.ts', code: `import '@pull-secret/registry-simulators'`, breaks: 'server-imports-what-is-listed' },
  { file: 'packages/server/src/simulate.spec.ts', code: `import '@pull-secret/registry-simulators'` },
  { file: 'packages/server/src/store.spec.ts', code: `import '@pull-secret/postgres'`, breaks: 'server-specs-import-what-is-listed' },
  { file: 'packages/sdk/src/embedded.ts', code: `import '@pull-secret/composition/embedded'` },
  { file: 'packages/sdk/src/whole.ts', code: `import '@pull-secret/composition'`, breaks: 'sdk-imports-what-is-listed' },
  { file: 'packages/sdk/src/web.ts', code: `import 'express'`, breaks: 'express-stays-in-its-packages' },
  { file: 'packages/registry-simulators/src/index.ts', code: `export const simulate = 1` },
  { file: 'packages/postgres/src/index.ts', code: `import 'pg'` },
  { file: 'packages/postgres/src/call.ts', code: `import 'undici'`, breaks: 'undici-stays-in-its-packages' },
  { file: 'packages/registry-quay/src/store.ts', code: `import 'pg'`, breaks: 'pg-stays-in-its-packages' },
  { file: 'examples/e/e.ts', code: `import '@pull-secret/postgres'`, breaks: 'examples-import-what-is-offered' },
]

const libraries = ['fp-ts', 'io-ts', 'chai', 'express', 'inversify', 'undici', 'pg', '@mikro-orm/core']
const packages = ['domain', 'composition', 'server', 'sdk', 'registry-simulators', 'postgres', 'registry-quay']
const declared = Object.fromEntries(libraries.filter((name) => name !== 'chai').map((name) => [name, '1']))
const declaredPackages = Object.fromEntries(packages.map((name) => [`@pull-secret/${name}`, '1']))

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
  for (const name of packages) {
    const exports = {
      '.': { [sourceCondition]: './src/index.ts', default: './dist/index.js' },
      './embedded': { [sourceCondition]: './src/embedded.ts', default: './dist/embedded.js' },
    }
    const dependencies = { ...declared, ...declaredPackages }
    write(
      `packages/${name}/package.json`,
      JSON.stringify({ name: `@pull-secret/${name}`, type: 'module', exports, dependencies }),
    )
    symlinkSync(join(root, 'packages', name), join(root, 'node_modules/@pull-secret', name))
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
