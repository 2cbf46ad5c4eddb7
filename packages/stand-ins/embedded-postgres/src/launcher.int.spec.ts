import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { runStatement } from './databases.ts'
import { type Launcher, launchersForRoot, selectLauncher } from './launcher.ts'
import { locateBinaries } from './locate-binaries.ts'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { startWithLaunchers } from './start-embedded-postgres.ts'

const unable: Launcher = { prefix: ['a-program-nobody-has'], endsWithParent: true }

describe('selectLauncher', () => {
  const fallback: Launcher = { prefix: ['/bin/sh', '-c', 'exit 0'], endsWithParent: false }

  it('passes over a way that does not work on this machine', async () => {
    expect(await selectLauncher([unable, fallback], 'postgres')).to.equal(fallback)
  })

  it('says that root cannot be given up', async () => {
    const failure = await selectLauncher([{ ...unable, fileOwnerId: 0 }], 'postgres').catch((error: unknown) => error)
    expect(failure).to.include({ code: 'CANNOT_DROP_ROOT' })
  })

  it('says that the binaries do not run', async () => {
    const failure = await selectLauncher([unable], 'postgres').catch((error: unknown) => error)
    expect(failure).to.include({ code: 'NO_BINARIES' })
  })
})

describe('locateBinaries', () => {
  it('says that a platform has none', async () => {
    const failure = await locateBinaries('plan9-mips').catch((error: unknown) => error)
    expect(failure).to.include({ code: 'NO_BINARIES' })
  })
})

describe('a data directory that different users start on', () => {
  it('is handed over, from nobody to root in a user namespace and back', async function () {
    if (process.getuid?.() !== 0) this.skip('only root can change the user of a server')
    const dataDirectory = await makeTemporaryFolder()
    const [inNamespace, asNobody] = launchersForRoot
    for (const launcher of [asNobody, inNamespace, asNobody]) {
      const postgres = await startWithLaunchers([launcher as Launcher], { dataDirectory, durable: false })
      await runStatement(postgres.superuserUrl, 'CREATE TABLE IF NOT EXISTS lasting ()')
      await postgres.stop()
      expect((await stat(join(dataDirectory, 'cluster', 'data', 'PG_VERSION'))).uid).to.equal(launcher?.fileOwnerId)
    }
    await rm(dataDirectory, { recursive: true })
  })
})
