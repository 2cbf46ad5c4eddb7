import { copyFile, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { ensureCluster, openDataDirectory } from './data-directory.ts'
import { runStatement } from './databases.ts'
import { launchersForThisUser, selectLauncher } from './launcher.ts'
import { locateBinaries } from './locate-binaries.ts'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { runInitdb } from './run-initdb.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

/** Everything that a shell, a format or a line of a file could take for something else. */
const oddName = `a person's "$HOME" \`id\` $(id) %s%41 \\ \n#&;*?é`

describe('a path with characters that a shell takes apart', () => {
  let folder: string
  beforeEach(async () => {
    folder = await makeTemporaryFolder()
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('may lead to the programs', async () => {
    const { initdb, postgres } = await locateBinaries(`${process.platform}-${process.arch}`)
    const odd = join(folder, oddName)
    await mkdir(join(odd, 'bin'), { recursive: true })
    for (const name of ['lib', 'share']) await symlink(join(dirname(dirname(initdb)), name), join(odd, name))
    const binaries = { initdb: join(odd, 'bin', 'initdb'), postgres: join(odd, 'bin', 'postgres') }
    await copyFile(initdb, binaries.initdb)
    await copyFile(postgres, binaries.postgres)
    const launcher = await selectLauncher(launchersForThisUser(), binaries.postgres)
    const dataDirectory = join(folder, 'data')
    const paths = await openDataDirectory(dataDirectory)
    const { fileOwnerId } = launcher
    await ensureCluster(paths, {
      dataDirectory,
      fileOwnerId,
      runInitdb: (unfinished) => runInitdb({ launcher, binaries, isDurable: false }, unfinished),
    })
    expect(await readdir(paths.data)).to.include('PG_VERSION')
  })

  it('may lead to the data', async () => {
    const dataDirectory = join(folder, oddName)
    for (let start = 0; start < 2; start += 1) {
      const postgres = await startEmbeddedPostgres({ dataDirectory, durable: false })
      await runStatement(postgres.superuserUrl, 'CREATE TABLE IF NOT EXISTS lasting ()')
      await postgres.stop()
    }
  })
})
