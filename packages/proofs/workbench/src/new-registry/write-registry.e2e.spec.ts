import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { repositoryRoot, sourceCondition } from '../repository.ts'
import { renamed } from './new-files.ts'
import { spellingsOf } from './registry-name.ts'
import { writeRegistry } from './write-registry.ts'

const name = 'my-vendor'
const folder = `packages/registries/${name}`
const all = 'packages/registries/all'

interface Report {
  readonly stats: { readonly passes: number; readonly failures: number }
  readonly failures: ReadonlyArray<{ readonly err: { readonly name?: string; readonly message?: string } }>
}

describe('a new registry package', () => {
  let root = ''
  let files: ReadonlyArray<string> = []
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')

  const node = (script: string, ...args: ReadonlyArray<string>) =>
    spawnSync(process.execPath, [join(repositoryRoot, 'node_modules', script), ...args], {
      cwd: repositoryRoot,
      encoding: 'utf8',
    })
  const runSuite = (): Report => {
    const spec = join(root, folder, `src/${name}-contract.int.spec.ts`)
    const { stdout, stderr } = node('mocha/bin/mocha.js', '--reporter', 'json', spec)
    if (!stdout.startsWith('{')) throw new Error(`the suite did not run: ${stdout}${stderr}`)
    return JSON.parse(stdout) as Report
  }

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'new-registry-'))
    symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'))
    for (const path of ['tsconfig.base.json', `${all}/src/index.ts`, `${all}/package.json`])
      cpSync(join(repositoryRoot, path), join(root, path), { recursive: true })
    files = await writeRegistry(name, root)
  })
  after(() => rmSync(root, { recursive: true }))

  it('has the files of every registry, and is one of the built-in types', () => {
    const expected = [
      ...['LICENSE', 'README.md', 'package.json', 'tsconfig.json', 'src/index.ts'],
      ...['api', 'client', 'config', 'key-name', 'registry', 'wire'].map((part) => `src/${name}-${part}.ts`),
      ...['config.spec', 'contract.int.spec'].map((spec) => `src/${name}-${spec}.ts`),
      `test/${name}-simulator.ts`,
    ]
    expect(files).to.have.members([
      ...expected.map((path) => `${folder}/${path}`),
      `${all}/src/index.ts`,
      `${all}/package.json`,
    ])
    expect(files.map(read).join('\n')).not.to.match(/parcel/i)
    expect(read(`${all}/src/index.ts`)).to.include(
      `'my-vendor': async () => (await import('@pull-secret/registry-my-vendor')).myVendorRegistry,`,
    )
  })

  it('has types that agree, its specs included', () => {
    const compilerOptions = {
      noEmit: true,
      composite: false,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: false,
      customConditions: [sourceCondition],
      types: ['node', 'mocha'],
    }
    const config = { extends: './tsconfig.base.json', compilerOptions, include: [folder] }
    writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(config))
    const { stdout } = node('typescript/bin/tsc', '-p', root)
    expect(stdout).to.equal('')
  })

  it('is red until its author has written the client, and says so by broken promises only', () => {
    const { stats, failures } = runSuite()
    expect(stats.failures).to.be.greaterThan(10)
    expect(failures.filter(({ err }) => !/not_supported|expected/.test(err.message ?? ''))).to.deep.equal([])
  })

  it('is green with a client like that of the example', () => {
    const example = readFileSync(join(repositoryRoot, 'examples/custom-registry/src/parcel-client.ts'), 'utf8')
    writeFileSync(join(root, folder, `src/${name}-client.ts`), renamed(example, spellingsOf(name)))
    const { stats } = runSuite()
    expect([stats.failures, stats.passes > 20]).to.deep.equal([0, true])
  })
})
