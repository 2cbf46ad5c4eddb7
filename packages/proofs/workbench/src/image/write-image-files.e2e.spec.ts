import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { repositoryRoot } from '../repository.ts'
import { firstCopies, type Lockfile } from './one-copy-each.ts'
import { writeImageFiles } from './write-image-files.ts'

describe('the files of the image', () => {
  let folder = ''
  const inFolder = (path: string): string => join(folder, path)
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'image-files-'))
    await writeImageFiles(repositoryRoot, { image: inFolder('image'), sourceMaps: inFolder('maps') })
  })
  after(() => rmSync(folder, { recursive: true }))

  const run = (command: string, args: ReadonlyArray<string>) =>
    spawnSync(command, args, { cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'] } })
  const found = (pattern: string): ReadonlyArray<string> => globSync(pattern, { cwd: inFolder('image') })
  const chunks = (): ReadonlyArray<string> => found('dist/*.js').filter((path) => path !== 'dist/pull-secret.js')

  it('are a command that runs by itself', () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'lerna.json'), 'utf8')) as {
      readonly version: string
    }
    const program = inFolder('image/bin/pull-secret')
    expect(run(program, ['--version'])).to.deep.include({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('have all that any of the code imports', () => {
    const importAll = `for (const path of process.argv.slice(1)) await import(path)`
    const paths = chunks().map((path) => inFolder(join('image', path)))
    const { status, stderr } = run(process.execPath, ['--input-type=module', '-e', importAll, ...paths])
    expect([status, stderr]).to.deep.equal([0, ''])
  })

  it('are few enough to start fast: what serving imports is one bundle, beside what is kept as packages', () => {
    expect(
      found('node_modules/{*,@*/*}/package.json').map((path) => path.split('/').slice(1, -1).join('/')),
    ).to.have.members(['piscina', 'swagger-ui-dist', '@scarf/scarf'])
    expect(found('packages')).to.deep.equal([])
  })

  it('call what every request calls directly, and not as CommonJS', () => {
    const text = chunks()
      .map((path) => readFileSync(inFolder(join('image', path)), 'utf8'))
      .join('\n')
    expect(text).to.include('// node_modules/fp-ts/es6/Either.js').and.to.include('// node_modules/io-ts/es6/index.js')
    expect(text).not.to.match(/^\/\/ node_modules\/(fp|io)-ts\/lib\//m)
  })

  it('load no package twice in one version, and of Node nothing that a start does not need', () => {
    const text = found('dist/*.js')
      .map((path) => readFileSync(inFolder(join('image', path)), 'utf8'))
      .join('\n')
    const bundled = new Set(
      [...text.matchAll(/^\/\/ (node_modules\/.*node_modules\/(?:@[^/]+\/)?[^/]+)/gm)].map(
        ([, folder]) => folder ?? '',
      ),
    )
    const copies = firstCopies(JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) as Lockfile)
    expect(bundled).not.to.have.property('size', 0)
    expect([...bundled].filter((folder) => copies.has(folder))).to.deep.equal([])
    expect(text.match(/\bfrom ?"(node:)?http"/)).to.equal(null)
  })

  it('need no install script', () => {
    const scripts = found('**/package.json').flatMap((path) => {
      const manifest = JSON.parse(readFileSync(inFolder(join('image', path)), 'utf8')) as { readonly scripts?: object }
      return Object.keys(manifest.scripts ?? {}).filter((name) => /^(pre|post)?install$/.test(name))
    })
    expect(scripts).to.deep.equal([])
  })

  it('have no test, source map, type or native code, and nothing that only proofs or specs need', () => {
    expect(found('**/*.{map,ts,mts,cts,tsbuildinfo,node}')).to.deep.equal([])
    expect(found('**/{test,tests,__tests__}/**')).to.deep.equal([])
    expect(found('**/*.{spec,test}.{js,mjs,cjs}')).to.deep.equal([])
    const text = found('dist/*.js')
      .map((path) => readFileSync(inFolder(join('image', path)), 'utf8'))
      .join('\n')
    expect(text.match(/^\/\/ .*(proofs|stand-ins|node_modules\/(mocha|chai|typescript|esbuild))\/.*$/gm)).to.equal(null)
  })

  it('have their source maps elsewhere, one for each file of the bundle', () => {
    expect(globSync('*.map', { cwd: inFolder('maps') })).to.have.members(
      found('dist/*.js').map((path) => `${path.slice('dist/'.length)}.map`),
    )
  })

  it('have the licence of the project and of all that is bundled', () => {
    expect(found('LICENSE')).to.deep.equal(['LICENSE'])
    const licences = readFileSync(inFolder('image/THIRD-PARTY-LICENSES'), 'utf8')
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'node_modules/express/package.json'), 'utf8')) as {
      readonly version: string
    }
    expect(licences).to.include(`express ${version} (MIT)\n\n(The MIT License)`)
    expect(licences).to.include('@kubernetes/client-node')
  })
})
