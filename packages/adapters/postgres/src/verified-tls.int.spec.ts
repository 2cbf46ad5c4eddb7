import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { createSandboxCertificates, type SandboxCertificates } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { databaseSettings } from '../test/database-settings.ts'
import { type Database, migrate, openDatabase, pendingMigrations } from './index.ts'

/** Answers the wish for TLS as PostgreSQL does, and passes what it decrypts on to the database. */
const openTlsBefore = async (url: string, host: string, { server: { certificate, key } }: SandboxCertificates) => {
  const target = new URL(url)
  const port = Number(target.port)
  const sockets: Array<Socket> = []
  const listener = createServer((caller) => {
    sockets.push(caller)
    caller.once('data', () => {
      caller.write('S')
      const secured = new TLSSocket(caller, { isServer: true, cert: certificate, key })
      const plain = connect(port, '127.0.0.1')
      sockets.push(plain)
      secured
        .on('error', () => plain.destroy())
        .pipe(plain)
        .pipe(secured)
    })
  }).listen(0, host)
  await once(listener, 'listening')
  target.host = `${host}:${String((listener.address() as AddressInfo).port)}`
  return {
    url: target.href,
    close: () => {
      sockets.forEach((socket) => socket.destroy())
      listener.close()
    },
  }
}

describe('a database behind TLS', () => {
  let folder: string
  let certificates: SandboxCertificates
  let testDatabase: TestDatabase
  let closings: ReadonlyArray<() => unknown> = []

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'verified-tls-'))
    certificates = await createSandboxCertificates({
      directory: join(folder, 'certificates'),
      clientName: 'hyperfleet',
    })
    writeFileSync(join(folder, 'ca.pem'), certificates.authority.certificate)
    testDatabase = await openTestDatabase({ name: 'bare', prepare: () => Promise.resolve() })
  })
  afterEach(async () => {
    for (const close of closings) await close()
    closings = []
  })
  after(async () => {
    await testDatabase.drop()
    rmSync(folder, { recursive: true })
  })

  const databaseAt = async (host: string, tls: { readonly caFile?: string }): Promise<Database> => {
    const before = await openTlsBefore(testDatabase.url, host, certificates)
    const database = await openDatabase(databaseSettings(before.url, { tls }))
    closings = [...closings, database.close, before.close]
    return database
  }

  const refusal = (database: Database): Promise<unknown> =>
    database.pool.query('select 1').then(
      () => 'answered',
      (error: unknown) => (error as { readonly code?: unknown }).code,
    )

  it('is used, and migrated, when its certificate is of the named authority', async () => {
    const database = await databaseAt('127.0.0.1', { caFile: join(folder, 'ca.pem') })
    await migrate(database)
    expect(await pendingMigrations(database)).to.deep.equal([])
  })

  it('is refused when nobody vouches for its certificate', async () => {
    expect(await refusal(await databaseAt('127.0.0.1', {}))).to.equal('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })

  it('is refused under an address that its certificate does not name', async () => {
    expect(await refusal(await databaseAt('127.0.0.2', { caFile: join(folder, 'ca.pem') }))).to.equal(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    )
  })
})
