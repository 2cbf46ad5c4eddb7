import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { realPath } from './real-path.ts'

describe('the real path of a file', () => {
  let folder: string
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'real-path-')))
    mkdirSync(join(folder, 'data'))
    symlinkSync(join(folder, 'data'), join(folder, 'linked'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('is the same for every way to write it, before the file is there and after', () => {
    const file = join(folder, 'data', 'htpasswd')
    const spellings = [file, `${folder}/linked/htpasswd`, `${folder}/data/../data/htpasswd`]
    expect(new Set(spellings.map(realPath))).to.deep.equal(new Set([file]))
    writeFileSync(file, '')
    symlinkSync(file, join(folder, 'htpasswd'))
    expect(new Set([...spellings, join(folder, 'htpasswd')].map(realPath))).to.deep.equal(new Set([file]))
  })

  it('goes as far as there is something', () => {
    expect(realPath(join(folder, 'nowhere', 'else', 'htpasswd'))).to.equal(join(folder, 'nowhere', 'else', 'htpasswd'))
  })
})
