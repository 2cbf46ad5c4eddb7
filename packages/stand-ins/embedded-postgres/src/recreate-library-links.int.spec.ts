import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { recreateLibraryLinks } from './recreate-library-links.ts'

describe('recreateLibraryLinks', () => {
  let packageDirectory: string

  beforeEach(async () => {
    packageDirectory = await makeTemporaryFolder()
    await mkdir(join(packageDirectory, 'native', 'lib'), { recursive: true })
    await writeFile(join(packageDirectory, 'native', 'lib', 'libone.so.1.2'), 'one')
    await writeFile(
      join(packageDirectory, 'native', 'pg-symlinks.json'),
      JSON.stringify([
        { source: 'native/lib/libone.so.1.2', target: 'native/lib/libone.so' },
        { source: 'native/lib/libone.so.1.2', target: 'native/lib/libone.so.1' },
      ]),
    )
  })
  afterEach(() => rm(packageDirectory, { recursive: true }))

  it('creates the links an install script left out, also when two processes do it at once', async () => {
    await Promise.all([recreateLibraryLinks(packageDirectory), recreateLibraryLinks(packageDirectory)])
    for (const name of ['libone.so', 'libone.so.1']) {
      expect(await readFile(join(packageDirectory, 'native', 'lib', name), 'utf8')).to.equal('one')
    }
  })

  it('says which binaries are incomplete when it cannot', async () => {
    await rm(join(packageDirectory, 'native', 'lib'), { recursive: true })
    const failure = await recreateLibraryLinks(packageDirectory).catch((error: unknown) => error)
    expect(failure).to.include({ code: 'NO_BINARIES' })
    expect(failure).to.have.property('message').that.contains(packageDirectory)
  })
})
