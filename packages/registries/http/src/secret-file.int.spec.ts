import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { makeSecretFile } from './secret-file.ts'
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
})
