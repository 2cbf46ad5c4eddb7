import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates, TLSSocket } from 'node:tls'
import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { createSandboxCertificates, type SandboxCertificates } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { databaseSettings } from '../test/database-settings.ts'
import { type Database, DatabaseSettingError, migrate, openDatabase, pendingMigrations } from './index.ts'

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

  const databaseAt = async (host: string, files: { readonly caFile?: string }): Promise<Database> => {
    const before = await openTlsBefore(testDatabase.url, host, certificates)
    const database = await openDatabase(databaseSettings(before.url, { tls: { mode: 'verify-full', ...files } }))
    closings = [...closings, database.close, before.close]
    return database
  }

  const refusal = (database: Database): Promise<unknown> =>
    database.pool.query('select 1').then(() => 'answered', database.faultOf)

  it('is used, and migrated, when its certificate is of the named authority', async () => {
    const database = await databaseAt('127.0.0.1', { caFile: join(folder, 'ca.pem') })
    await migrate(database)
    expect(await pendingMigrations(database)).to.deep.equal([])
  })

  it('is refused when nobody vouches for its certificate', async () => {
    const fault = await refusal(await databaseAt('127.0.0.1', {}))
    expect(fault).to.include({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', isLasting: true })
    expect(fault)
      .to.have.property('message')
      .that.matches(/at 127\.0\.0\.1:\d+.*authority under database\.tls/)
  })

  it('is refused although a variable would switch verification off for the whole process', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      expect(await refusal(await databaseAt('127.0.0.1', {}))).to.include({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
      expect(await refusal(await databaseAt('127.0.0.2', { caFile: join(folder, 'ca.pem') }))).to.include({
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      })
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    }
  })

  it('is refused under an address that its certificate does not name', async () => {
    const fault = await refusal(await databaseAt('127.0.0.2', { caFile: join(folder, 'ca.pem') }))
    expect(fault).to.include({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', isLasting: true })
    expect(fault)
      .to.have.property('message')
      .that.matches(/not for 127\.0\.0\.2/)
  })

  it('is trusted by the authority that the file holds when a connection is opened', async () => {
    const caFile = join(folder, 'replaced.pem')
    writeFileSync(caFile, rootCertificates[0] ?? '')
    const database = await databaseAt('127.0.0.1', { caFile })
    expect(await refusal(database))
      .to.have.property('message')
      .that.includes(caFile)
    writeFileSync(caFile, certificates.authority.certificate)
    expect(await refusal(database)).to.equal('answered')
  })

  it('goes on with the authority it knew while the file holds none, and tells of that', async () => {
    const caFile = join(folder, 'emptied.pem')
    writeFileSync(caFile, certificates.authority.certificate)
    const faults: Array<string> = []
    const before = await openTlsBefore(testDatabase.url, '127.0.0.1', certificates)
    const tls = { mode: 'verify-full', caFile } as const
    const database = await openDatabase(
      databaseSettings(before.url, { tls, onFault: ({ code, message }) => void faults.push(`${code} ${message}`) }),
    )
    closings = [database.close, before.close]
    writeFileSync(caFile, 'no certificate')
    expect(await refusal(database)).to.equal('answered')
    expect(faults).to.have.length(1)
    expect(faults[0]).to.match(/^CA_FILE_INVALID .*emptied\.pem.*at least one certificate in PEM form/)
  })

  const unusable: ReadonlyArray<readonly [string, string | undefined, RegExp]> = [
    ['is missing', undefined, /does not exist/],
    ['is empty', '', /is empty/],
    ['holds a key', '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----', /at least one certificate/],
    ['is broken', '-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----', /at least one certificate/],
  ]
  unusable.forEach(([what, content, message]) => {
    it(`is not opened when the CA file ${what}`, async () => {
      const caFile = join(folder, `ca ${what}.pem`)
      if (content !== undefined) writeFileSync(caFile, content)
      const opening = openDatabase(databaseSettings(testDatabase.url, { tls: { mode: 'verify-full', caFile } }))
      const error = await opening.catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(DatabaseSettingError)
      expect((error as DatabaseSettingError).fault.message)
        .to.match(message)
        .and.to.include(caFile)
        .and.not.to.include('canary')
    })
  })
})
