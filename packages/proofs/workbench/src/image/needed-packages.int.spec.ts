import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { neededPackages } from './needed-packages.ts'

describe('the packages that a program needs', () => {
  let root = ''
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'needed-packages-')))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const write = (folder: string, manifest: object): void => {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest))
  }
  const places = () => neededPackages(root, 'packages/program').map(({ place, folder }) => [place, folder])

  it('are found through links, nearest first, each once', () => {
    write('packages/program', { dependencies: { '@a/linked': '1', far: '1' }, devDependencies: { spec: '1' } })
    write('packages/linked', { dependencies: { far: '2' } })
    mkdirSync(join(root, 'node_modules/@a'), { recursive: true })
    symlinkSync('../../packages/linked', join(root, 'node_modules/@a/linked'))
    write('node_modules/far', { dependencies: { far: '1' } })
    write('packages/linked/node_modules/far', {})
    expect(places()).to.have.deep.members([
      ['node_modules/@a/linked', 'packages/linked'],
      ['packages/linked/node_modules/far', 'packages/linked/node_modules/far'],
      ['node_modules/far', 'node_modules/far'],
    ])
  })

  it('may lack what is optional, and nothing else', () => {
    write('packages/program', { dependencies: { near: '1' }, peerDependencies: { peer: '1' } })
    write('node_modules/near', { dependencies: { maybe: '1' }, optionalDependencies: { maybe: '1' } })
    expect(places()).to.deep.equal([['node_modules/near', 'node_modules/near']])
    write('node_modules/near', { dependencies: { absent: '1' } })
    expect(places).to.throw('node_modules/near needs absent, which is not installed')
  })
})
