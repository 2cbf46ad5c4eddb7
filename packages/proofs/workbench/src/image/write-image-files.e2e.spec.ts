import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { repositoryRoot } from '../repository.ts'
import { writeImageFiles } from './write-image-files.ts'

const importEverything = `
  import { globSync } from 'node:fs'
  const [, image] = process.argv
  for (const file of globSync('packages/*/*/dist/**/*.js', { cwd: image })) await import(image + '/' + file)
  process.stdout.write('imported')`

describe('the files of the image', () => {
  let image = ''
  before(() => {
    image = mkdtempSync(join(tmpdir(), 'image-files-'))
    writeImageFiles(repositoryRoot, image)
  })
  after(() => rmSync(image, { recursive: true }))

  const run = (command: string, args: ReadonlyArray<string>) =>
    spawnSync(command, args, { cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'] } })
  const found = (pattern: string): ReadonlyArray<string> => globSync(pattern, { cwd: image })

  it('are a command that runs by itself', () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'lerna.json'), 'utf8')) as {
      readonly version: string
    }
    expect(run(join(image, 'bin/pull-secret'), ['--version'])).to.deep.include({ status: 0, stdout: `${version}\n` })
  })

  it('have all that any of our code imports', () => {
    const { stdout, stderr } = run(process.execPath, ['--input-type=module', '-e', importEverything, image])
    expect([stdout, stderr]).to.deep.equal(['imported', ''])
  })

  it('need no install script', () => {
    const scripts = found('**/package.json').flatMap((path) => {
      const manifest = JSON.parse(readFileSync(join(image, path), 'utf8')) as { readonly scripts?: object }
      return Object.keys(manifest.scripts ?? {}).filter((name) => /^(pre|post)?install$/.test(name))
    })
    expect(scripts).to.deep.equal([])
  })

  it('have no test, source map or type, and nothing that only proofs or specs need', () => {
    expect(found('**/*.{map,ts,mts,cts,tsbuildinfo}')).to.deep.equal([])
    expect(found('**/{test,tests,__tests__}/**')).to.deep.equal([])
    expect(found('**/*.{spec,test}.{js,mjs,cjs}')).to.deep.equal([])
    expect(found('packages/{proofs,stand-ins}')).to.deep.equal([])
    expect(found('node_modules/{mocha,chai,typescript,fast-check}')).to.deep.equal([])
    expect(found('packages/*/*/{src,test}')).to.deep.equal([])
  })

  it('have the licence of the project and of each of its packages', () => {
    const ours = found('packages/*/*/package.json').map((path) => path.replace('package.json', 'LICENSE'))
    expect(found('LICENSE')).to.deep.equal(['LICENSE'])
    expect(found('packages/*/*/LICENSE')).to.have.members(ours)
  })
})
