import { hash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'chai'
import { runCommand } from '../test/an-installation.ts'

interface Ring {
  readonly writing: string
  readonly keys: ReadonlyArray<{ readonly id: string; readonly key: string }>
}

describe('the commands that make secret files', () => {
  let folder = ''
  const inFolder = (name: string): string => join(folder, name)
  const read = (name: string): string => readFileSync(inFolder(name), 'utf8')
  const ringIn = (name: string): Ring => JSON.parse(read(name)) as Ring
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secret-files-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const newToken = ['tokens', 'new', '--subject', 'adapter', '--permission', 'get pull-secrets']
  const hashToken = ['tokens', 'hash', '--subject', 'adapter', '--permission', '*']
  const makers: ReadonlyArray<ReadonlyArray<string>> = [['keys', 'new'], newToken]

  for (const maker of makers) {
    const name = maker.slice(0, 2).join(' ')
    it(`let only the owner read what ${name} makes, and print none of it`, async () => {
      const { code, stdout, stderr } = await runCommand([...maker, '--file', inFolder('new')])
      expect([code, stderr]).to.deep.equal([0, ''])
      expect(statSync(inFolder('new')).mode & 0o777).to.equal(0o600)
      const secrets = read('new').match(/[\w+/-]{43}/g) ?? []
      expect(secrets).to.have.length(1)
      expect(stdout).not.to.include(secrets[0])
    })

    it(`never overwrite a file with ${name}`, async () => {
      await runCommand([...maker, '--file', inFolder('new')])
      const before = read('new')
      const { code, stderr } = await runCommand([...maker, '--file', inFolder('new')])
      expect([code, read('new')]).to.deep.equal([2, before])
      expect(stderr).to.include('is not overwritten')
    })

    it(`say what is wrong when ${name} cannot write`, async () => {
      const { code, stderr } = await runCommand([...maker, '--file', inFolder('absent/new')])
      expect(code).to.equal(2)
      expect(stderr).to.include('cannot be written')
    })
  }

  it('print a key ring only when asked, and make none without a place for it', async () => {
    const { code, stdout } = await runCommand(['keys', 'new', '--show-secret'])
    expect([code, (JSON.parse(stdout) as Ring).keys.length]).to.deep.equal([0, 1])
    for (const argv of [
      ['keys', 'new'],
      ['keys', 'new', '--show-secret', '--file', inFolder('new')],
    ])
      expect(await runCommand(argv)).to.deep.include({ code: 2, stdout: '' })
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('add a key to a key ring and leave the ring as it was', async () => {
    await runCommand(['keys', 'new', '--file', inFolder('old')])
    const before = read('old')
    await runCommand(['keys', 'new', '--ring', inFolder('old'), '--file', inFolder('new')])
    await runCommand(['keys', 'new', '--ring', inFolder('old'), '--standby', '--file', inFolder('standby')])
    const [old] = ringIn('old').keys
    expect(read('old')).to.equal(before)
    expect(ringIn('new').keys[0]?.key).to.equal(old?.key)
    expect(ringIn('new').writing).to.equal(ringIn('new').keys[1]?.id)
    expect(ringIn('standby').writing).to.equal(old?.id)
  })

  it('refuse a key ring that is none, and a standby for nothing, without repeating it', async () => {
    await runCommand([...newToken, '--file', inFolder('token')])
    for (const argv of [
      ['keys', 'new', '--ring', inFolder('token'), '--show-secret'],
      ['keys', 'new', '--ring', inFolder('absent'), '--show-secret'],
      ['keys', 'new', '--standby', '--show-secret'],
    ]) {
      const { code, stdout, stderr } = await runCommand(argv)
      expect([code, stdout]).to.deep.equal([2, ''])
      expect(stderr).not.to.include(read('token'))
    }
  })

  it('print the token file of a new token', async () => {
    const { stdout } = await runCommand([...newToken, '--file', inFolder('token')])
    expect(JSON.parse(stdout)).to.deep.equal([
      { subject: 'adapter', token_sha256: hash('sha256', read('token')), permissions: ['get pull-secrets'] },
    ])
  })

  it('hash the token of standard input, without the line break at its end', async () => {
    const { code, stdout } = await runCommand(hashToken, { stdin: Readable.from(['synthetic-', 'token\n']) })
    expect([code, JSON.parse(stdout)]).to.deep.equal([
      0,
      [{ subject: 'adapter', token_sha256: hash('sha256', 'synthetic-token'), permissions: ['*'] }],
    ])
  })

  it('take no token from a terminal, none that is empty, and none that no header can carry', async () => {
    for (const stdin of [
      Object.assign(Readable.from(['canary']), { isTTY: true }),
      Readable.from(['\n']),
      Readable.from(['canary canary']),
    ]) {
      const { code, stdout, stderr } = await runCommand(hashToken, { stdin })
      expect([code, stdout]).to.deep.equal([2, ''])
      expect(stderr).not.to.include('canary')
    }
  })

  it('make no token for a permission that does not exist', async () => {
    const argv = ['tokens', 'new', '--subject', 'adapter', '--permission', 'read secrets', '--file', inFolder('token')]
    const { code, stderr } = await runCommand(argv)
    expect(code).to.equal(2)
    expect(stderr).to.include('permissions.0 must be')
    expect(readdirSync(folder)).to.deep.equal([])
  })
})
