import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeReadFile } from './read-file.ts'

const mebibyte = 1024 * 1024

describe('a file that the command line names', () => {
  let folder = ''
  const inFolder = (name: string): string => join(folder, name)
  const readFile = makeReadFile(new AbortController().signal)
  const written = (name: string, text: string): string => {
    writeFileSync(inFolder(name), text)
    return inFolder(name)
  }
  const pipe = (): string => {
    spawnSync('sh', ['-c', 'mkfifo "$0"', inFolder('pipe')])
    return inFolder('pipe')
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-file-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is read whole, or says why not', async () => {
    expect(await readFile(written('file', 'ü\n'))).to.deep.equal(E.right('ü\n'))
    expect(await readFile('/dev/null')).to.deep.equal(E.right(''))
    expect(await readFile(inFolder('nowhere'))).to.deep.equal(E.left('absent'))
    expect(await readFile(join(inFolder('file'), 'below'))).to.deep.equal(E.left('absent'))
    expect(await readFile(folder)).to.deep.equal(E.left('unreadable'))
  })

  it('has 1 MiB at most, be it endless', async () => {
    expect(E.isRight(await readFile(written('file', 'x'.repeat(mebibyte))))).to.equal(true)
    expect(await readFile(written('file', 'x'.repeat(mebibyte + 1)))).to.deep.equal(E.left('too_long'))
    expect(await readFile('/dev/zero')).to.deep.equal(E.left('too_long'))
  })

  it('may be a pipe, which is read until its writer leaves', async () => {
    const path = pipe()
    const text = readFile(path)
    const writer = await open(path, 'w')
    await writer.write('one, ')
    await writer.write('two')
    await writer.close()
    expect(await text).to.deep.equal(E.right('one, two'))
  })

  it('is not waited for once the command is stopped', async () => {
    const path = pipe()
    const stopping = new AbortController()
    const text = makeReadFile(stopping.signal)(path)
    const writer = await open(path, 'w')
    stopping.abort('SIGTERM')
    expect(E.isLeft(await text)).to.equal(true)
    await writer.close()
  })
})
