import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { emptyFolder, openFolder } from './folder.ts'
import { lockFolder } from './folder-lock.ts'
import { SandboxError } from './sandbox-error.ts'

describe(`a sandbox's folder`, () => {
  let parent: string
  let folder: string

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'sandbox-folder-'))
    folder = join(parent, 'sandbox')
  })
  afterEach(() => {
    rmSync(parent, { recursive: true })
  })

  it('is made where it is missing, and opened again', () => {
    openFolder(folder)
    openFolder(folder)
    expect(readdirSync(folder)).to.deep.equal(['.gitignore'])
  })

  it('is refused in one sentence where a file stands in its place', () => {
    writeFileSync(folder, '')
    expect(() => {
      openFolder(folder)
    }).to.throw(SandboxError, /^The folder .*sandbox cannot be used: it is not a folder/)
  })

  it('is refused in one sentence where nothing can be made', () => {
    expect(() => {
      openFolder(join(folder, 'deeper'))
    }).to.throw(SandboxError, /the folder above it does not exist\.$/)
  })

  it('is refused when it holds the things of somebody else, which stay', () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'letter.txt'), '')
    expect(() => {
      openFolder(folder)
    }).to.throw(SandboxError, /contains files that do not belong to a sandbox\.$/)
    expect(readdirSync(folder)).to.deep.equal(['letter.txt'])
  })

  it('is opened again after a start that was cut short', () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'ports.json.new'), '')
    writeFileSync(join(folder, '.gitignore'), '*\n')
    openFolder(folder)
  })

  it('is emptied without following links out of it', () => {
    openFolder(folder)
    mkdirSync(join(parent, 'elsewhere'))
    writeFileSync(join(parent, 'elsewhere', 'letter.txt'), '')
    writeFileSync(join(folder, 'ports.json'), '')
    symlinkSync(join(parent, 'elsewhere'), join(folder, 'link'))
    emptyFolder(folder)
    expect(readdirSync(folder)).to.deep.equal(['.gitignore'])
    expect(existsSync(join(parent, 'elsewhere', 'letter.txt'))).to.equal(true)
  })

  it('belongs to one sandbox at a time, by whatever path', async () => {
    openFolder(folder)
    symlinkSync(folder, join(parent, 'alias'))
    const release = await lockFolder(folder)
    const second = await lockFolder(join(parent, 'alias')).catch((error: unknown) => error)
    await release()
    expect(second).to.be.instanceOf(SandboxError)
    await (
      await lockFolder(folder)
    )()
  })
})
