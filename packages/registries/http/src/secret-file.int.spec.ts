import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { fileVersion } from './file-version.ts'
import { makeSecretFile, secretFileFault } from './secret-file.ts'
import { useHttpWorld } from './testing/http-world.ts'

describe('a secret file', () => {
  const world = useHttpWorld()

  it('gives its text without the white space around it', () => {
    writeFileSync(world.path('token'), ' one\n')
    expect(makeSecretFile(world.path('token')).read()?.reveal()).to.equal('one')
  })

  it('is read again when it was written again', () => {
    const file = makeSecretFile(world.path('token'))
    writeFileSync(world.path('token'), 'one')
    expect(file.read()?.reveal()).to.equal('one')
    writeFileSync(world.path('token'), 'another')
    expect(file.read()?.reveal()).to.equal('another')
  })

  it('is read again when the link to it leads elsewhere, as in a mounted Secret', () => {
    for (const text of ['one', 'two']) {
      writeFileSync(world.path(text), text)
      symlinkSync(world.path(text), world.path(`link-${text}`))
    }
    const file = makeSecretFile(world.path('link-one'))
    expect(file.read()?.reveal()).to.equal('one')
    renameSync(world.path('link-two'), world.path('link-one'))
    expect(file.read()?.reveal()).to.equal('two')
  })

  it('is read again when it may be read at last', function () {
    writeFileSync(world.path('token'), 'one')
    chmodSync(world.path('token'), 0o000)
    const before = fileVersion(world.path('token'))
    const file = makeSecretFile(world.path('token'))
    const isRoot = file.read() !== undefined
    if (!isRoot) expect(secretFileFault(world.path('token'))).to.match(/token cannot be read \(EACCES\)$/)
    chmodSync(world.path('token'), 0o400)
    expect(fileVersion(world.path('token'))).not.to.equal(before)
    expect(file.read()?.reveal()).to.equal('one')
  })

  it('is no secret when it is missing, empty, a directory or gone', () => {
    writeFileSync(world.path('empty'), '\n')
    writeFileSync(world.path('token'), 'one')
    const file = makeSecretFile(world.path('token'))
    expect(file.read()).not.to.equal(undefined)
    rmSync(world.path('token'))
    expect(file.read()).to.equal(undefined)
    expect(
      ['missing', 'empty', '', 'empty/below'].map((name) => makeSecretFile(world.path(name)).read()),
    ).to.deep.equal([undefined, undefined, undefined, undefined])
  })

  it('is no secret when it holds more than a secret, and says so without it', () => {
    const broken: Readonly<Record<string, string>> = {
      'two lines': 'canary\nanother',
      NUL: 'canary\0',
      'more than 64 KiB': 'x'.repeat(65_537),
      nothing: '',
    }
    for (const [what, text] of Object.entries(broken)) {
      writeFileSync(world.path('token'), text)
      expect(makeSecretFile(world.path('token')).read(), what).to.equal(undefined)
      expect(secretFileFault(world.path('token')), what).to.match(/token (must hold one line|is larger|is empty)/)
      expect(secretFileFault(world.path('token')), what).not.to.include('canary')
    }
    writeFileSync(world.path('token'), '\uFEFFone\n')
    expect([makeSecretFile(world.path('token')).read()?.reveal(), secretFileFault(world.path('token'))]).to.deep.equal([
      'one',
      undefined,
    ])
  })

  it('is not waited for where it is a pipe, a directory or missing', () => {
    mkdirSync(world.path('directory'))
    symlinkSync(world.path('loop'), world.path('loop'))
    expect(spawnSync('sh', ['-c', 'mkfifo "$0"', world.path('pipe')]).status).to.equal(0)
    expect(['directory', 'pipe', 'missing', 'loop'].map((name) => secretFileFault(world.path(name)))).to.deep.equal([
      `${world.path('directory')} is not a file`,
      `${world.path('pipe')} is not a file`,
      `${world.path('missing')} does not exist`,
      `${world.path('loop')} cannot be read (ELOOP)`,
    ])
    expect(makeSecretFile(world.path('pipe')).read()).to.equal(undefined)
  })
})
