import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type FileProblem, keyChecksOf, openKeyRing } from './index.ts'
import { openRereadFile } from './reread-file.ts'

const opened = <A>(result: E.Either<FileProblem, A>): A => {
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

/** Text without the white space around it. */
const parse = (text: string): E.Either<string, string> =>
  text.trim() === '' ? E.left('must not be empty') : E.right(text.trim())

describe('a file that is read again', () => {
  let folder = ''
  let file = ''
  let now = 0
  let problems: Array<FileProblem> = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reread-'))
    file = join(folder, 'secret')
    now = 0
    problems = []
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const options = () => ({
    file,
    monotonic: () => now,
    onProblem: (problem: FileProblem) => void problems.push(problem),
  })
  const openSecret = () => {
    const { current } = opened(openRereadFile({ ...options(), parse }))
    return current
  }

  it('gives the secret without the white space around it', () => {
    writeFileSync(file, ' one\n')
    expect(openSecret()()).to.equal('one')
  })

  it('gives the same with and without a byte order mark, now and later', () => {
    const untrimmed = (text: string): E.Either<string, string> => E.right(text)
    writeFileSync(file, '\uFEFF{}')
    const { current } = opened(openRereadFile({ ...options(), parse: untrimmed }))
    expect(current()).to.equal('{}')
    writeFileSync(file, '\uFEFF[1]')
    now = 1000
    expect(current()).to.equal('[1]')
  })

  it('serves the new content a second after a change', () => {
    writeFileSync(file, 'one')
    const current = openSecret()
    writeFileSync(file, 'other')
    now = 999
    expect(current()).to.equal('one')
    now = 1000
    expect(current()).to.equal('other')
  })

  it('sees a file of the same size that is moved into its place', () => {
    writeFileSync(file, 'one')
    const current = openSecret()
    writeFileSync(`${file}.next`, 'two')
    renameSync(`${file}.next`, file)
    now = 1000
    expect(current()).to.equal('two')
  })

  it('keeps the old content and tells once while the new one is unusable', () => {
    writeFileSync(file, 'one')
    const current = openSecret()
    writeFileSync(file, '')
    for (now = 1000; now < 5000; now += 1000) expect(current()).to.equal('one')
    expect(problems).to.deep.equal([{ file, message: `${file} is empty` }])
  })

  it('survives a file that is away for a while', () => {
    writeFileSync(file, 'one')
    const current = openSecret()
    rmSync(file)
    now = 1000
    expect(current()).to.equal('one')
    expect(problems).to.deep.equal([{ file, message: `${file} does not exist` }])
    writeFileSync(file, 'two')
    now = 2000
    expect(current()).to.equal('two')
  })

  it('does not open when it is missing or broken', () => {
    expect(openRereadFile({ ...options(), parse })).to.deep.equal(E.left({ file, message: `${file} does not exist` }))
    writeFileSync(file, '{}')
    expect(openKeyRing(options())).to.deep.equal(
      E.left({ file, message: `${file}: writing is required (a key id); keys is required (a list of keys)` }),
    )
  })

  it('keeps the keys of a ring when another key comes under an id that it had', () => {
    const keyOf = (id: string, byte: number) => ({
      id,
      key: Buffer.alloc(32, byte).toString('base64'),
      created_at: '2026-08-01T00:00:00Z',
    })
    const write = (...keys: ReadonlyArray<ReturnType<typeof keyOf>>): void => {
      writeFileSync(file, JSON.stringify({ writing: keys[0]?.id, keys }))
    }
    write(keyOf('first', 1))
    const ring = opened(openKeyRing(options()))
    const [before] = keyChecksOf(ring)
    write(keyOf('second', 2), keyOf('first', 3))
    now = 1000
    expect(keyChecksOf(ring)).to.deep.equal([before])
    expect(problems.map(({ message }) => message)).to.deep.equal([
      `${file}: key first is another key than before under this id: put the old key back, or give the new one a new id`,
    ])
    write(keyOf('second', 2))
    now = 2000
    expect(ring.writing().id).to.equal('second')
    write(keyOf('second', 2), keyOf('first', 3))
    now = 3000
    expect(ring.all().map(({ id }) => id)).to.deep.equal(['second'])
    write(keyOf('second', 2), keyOf('first', 1))
    now = 4000
    expect(keyChecksOf(ring)).to.deep.include(before)
  })

  it('tells keys apart by check values that never change', () => {
    const key = { id: 'first', key: Buffer.alloc(32, 1).toString('base64'), created_at: '2026-08-01T00:00:00Z' }
    writeFileSync(file, JSON.stringify({ writing: 'first', keys: [key] }))
    expect(keyChecksOf(opened(openKeyRing(options())))).to.deep.equal([{ keyId: 'first', check: '1e10eeedfb17f08c' }])
  })

  it('lets a key ring gain keys while it is in use', () => {
    const august = { id: '2026-08', key: Buffer.alloc(32, 8).toString('base64'), created_at: '2026-08-01T00:00:00Z' }
    const november = { id: '2026-11', key: Buffer.alloc(32, 11).toString('base64'), created_at: '2026-11-01T00:00:00Z' }
    writeFileSync(file, JSON.stringify({ writing: '2026-08', keys: [august] }))
    const ring = opened(openKeyRing(options()))
    expect(ring.writing().id).to.equal('2026-08')
    writeFileSync(file, JSON.stringify({ writing: '2026-11', keys: [august, november] }))
    now = 1000
    expect(ring.writing().id).to.equal('2026-11')
    expect(ring.find('2026-08')?.id).to.equal('2026-08')
    expect(ring.all().map(({ id }) => id)).to.deep.equal(['2026-08', '2026-11'])
  })
})
