import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { neededPackages } from './needed-packages.ts'

describe('the packages that are needed at run time', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'needed-packages-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const write = (folder: string, manifest: object): void => {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest))
  }
  const needed = () => neededPackages(root, ['first'])

  it('are found nearest first, each once', () => {
    write('node_modules/first', { dependencies: { near: '1', far: '1' }, devDependencies: { spec: '1' } })
    write('node_modules/first/node_modules/near', { dependencies: { far: '1' } })
    write('node_modules/near', {})
    write('node_modules/far', { dependencies: { first: '1' } })
    expect(needed()).to.have.members(['node_modules/first', 'node_modules/first/node_modules/near', 'node_modules/far'])
  })

  it('are without what is optional, and must not lack anything else', () => {
    write('node_modules/first', { dependencies: { native: '1' }, optionalDependencies: { native: '1' } })
    write('node_modules/native', {})
    expect(needed()).to.deep.equal(['node_modules/first'])
    write('node_modules/first', { dependencies: { absent: '1' } })
    expect(needed).to.throw('node_modules/first needs absent, which is not installed')
  })
})
