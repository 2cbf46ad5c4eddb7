import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { readMountedFile } from './index.ts'

describe('a mounted file', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'mounted-file-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const write = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }

  it('is read whole, through links, without a byte order mark', () => {
    symlinkSync(write('data', '\uFEFFone\ntwo\n'), join(folder, 'link'))
    expect(readMountedFile(join(folder, 'link'))).to.deep.equal(E.right('one\ntwo\n'))
  })

  it('is refused by its rule where it is none', () => {
    mkdirSync(join(folder, 'directory'))
    expect(readMountedFile(join(folder, 'directory'))).to.deep.equal(E.left('is not a file'))
    expect(readMountedFile(join(folder, 'nothing'))).to.deep.equal(E.left('does not exist'))
    expect(readMountedFile(write('blank', ' \n'))).to.deep.equal(E.left('is empty'))
    expect(readMountedFile(write('large', 'x'.repeat(1024 * 1024 + 1)))).to.deep.equal(
      E.left('is larger than 1048576 bytes'),
    )
  })

  it('is not waited for where it is a pipe', function () {
    if (spawnSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(folder, 'pipe')]).status !== 0)
      this.skip('this machine has no mkfifo')
    expect(readMountedFile(join(folder, 'pipe'))).to.deep.equal(E.left('is not a file'))
  })
})
