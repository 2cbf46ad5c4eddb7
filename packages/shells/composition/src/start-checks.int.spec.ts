import { secretText } from '@pull-secret/domain'
import { openOwnServer, type OwnServer } from '@pull-secret/embedded-postgres/testing'
import { makeSilentLogger } from '@pull-secret/in-memory'
import { type Database, durabilityOf, openDatabase } from '@pull-secret/postgres'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { startFaults } from './start-checks.ts'

const logger = makeSilentLogger()

describe('the checks of a start', () => {
  let server: OwnServer
  let database: Database
  const open = async (settings: Readonly<Record<string, string>>): Promise<void> => {
    server = await openOwnServer(settings)
    database = await openDatabase({
      url: () => secretText(server.url),
      tls: { mode: 'disable' },
      poolSize: 2,
      preparedStatements: true,
      statementTimeoutSeconds: 5,
      logger,
      onFault: () => undefined,
    })
  }
  afterEach(async () => {
    await database.close()
    await server.close()
  })

  const faultsOf = async (isSandbox: boolean): Promise<ReadonlyArray<string>> => {
    const start = TE.right(undefined)
    const faults = await startFaults({ database, start, logger, isSandbox, migrates: true })
    return faults.map(({ message }) => message)
  }

  it('refuse a server that a crash damages, except in a sandbox', async () => {
    await open({ fsync: 'off', full_page_writes: 'on' })
    expect(await faultsOf(true)).to.deep.equal([])
    expect((await faultsOf(false))[0]).to.include('fsync = off')
    await database.close()
    await server.close()
    await open({ fsync: 'on', full_page_writes: 'off' })
    expect((await faultsOf(false))[0]).to.include('full_page_writes = off')
  })

  it('accept a server that acknowledges early, which no transaction of ours lets it', async () => {
    await open({ fsync: 'on', full_page_writes: 'on', synchronous_commit: 'off' })
    expect(await faultsOf(false)).to.deep.equal([])
    expect(await durabilityOf(database)).to.deep.equal({ off: [], synchronousCommit: 'off' })
  })
})
