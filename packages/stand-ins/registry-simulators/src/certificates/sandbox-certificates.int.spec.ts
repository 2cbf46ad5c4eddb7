import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { useTemporaryDirectory } from '../testing/temporary-directory.ts'
import { createSandboxCertificates } from './sandbox-certificates.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000

describe('sandbox certificates', () => {
  const directory = useTemporaryDirectory()
  const now = new Date()
  const create = (options: { clientName?: string; lifetimeDays?: number; now?: Date } = {}) =>
    createSandboxCertificates({ directory: directory.path, clientName: 'hyperfleet', now, ...options })

  it('makes an authority, a server for loopback and a client with its name, on P-256', async () => {
    const { authority, server, client } = await create()
    const root = new X509Certificate(authority.certificate)
    const serverCertificate = new X509Certificate(server.certificate)
    const clientCertificate = new X509Certificate(client.certificate)
    expect(root.ca).to.equal(true)
    for (const leaf of [serverCertificate, clientCertificate]) {
      expect(leaf.verify(root.publicKey)).to.equal(true)
      expect(leaf.ca).to.equal(false)
      expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).to.equal('prime256v1')
    }
    expect(serverCertificate.checkIP('127.0.0.1')).to.equal('127.0.0.1')
    expect(serverCertificate.checkHost('localhost')).to.equal('localhost')
    expect(clientCertificate.subject).to.equal('CN=hyperfleet')
  })

  it('writes every file for its owner only', async () => {
    const { server } = await create()
    const files = readdirSync(directory.path)
    expect(files).to.have.members(['authority', 'server', 'client'].flatMap((name) => [`${name}.crt`, `${name}.key`]))
    for (const file of files) expect(statSync(join(directory.path, file)).mode & 0o777, file).to.equal(0o600)
    expect(readFileSync(server.keyFile, 'utf8')).to.equal(server.key)
  })

  it('keeps what is good', async () => {
    expect(await create()).to.deep.equal(await create())
  })

  it('makes everything anew once it expired', async () => {
    const first = await create({ lifetimeDays: 1 })
    const second = await create({ now: new Date(now.getTime() + 2 * dayMilliseconds) })
    expect(second.authority.certificate).not.to.equal(first.authority.certificate)
    expect(second.client.certificate).not.to.equal(first.client.certificate)
    expect(
      new X509Certificate(second.server.certificate).verify(
        new X509Certificate(second.authority.certificate).publicKey,
      ),
    ).to.equal(true)
  })

  it('makes an expired server certificate anew under the same authority', async () => {
    const first = await create({ lifetimeDays: 10 })
    rmSync(first.server.certificateFile)
    const short = await create({ lifetimeDays: 1 })
    const second = await create({ now: new Date(now.getTime() + 2 * dayMilliseconds) })
    expect(second.authority).to.deep.equal(first.authority)
    expect(second.client).to.deep.equal(first.client)
    expect(second.server.certificate).not.to.equal(short.server.certificate)
  })

  it('makes only the client anew for another name', async () => {
    const first = await create()
    const second = await create({ clientName: 'other' })
    expect(second.server).to.deep.equal(first.server)
    expect(new X509Certificate(second.client.certificate).subject).to.equal('CN=other')
  })

  it('makes anew what is missing, damaged or without its key', async () => {
    const first = await create()
    rmSync(first.client.keyFile)
    writeFileSync(first.server.certificateFile, 'damaged')
    const second = await create()
    expect(second.authority).to.deep.equal(first.authority)
    expect(second.client.certificate).not.to.equal(first.client.certificate)
    expect(new X509Certificate(second.server.certificate).checkIP('127.0.0.1')).to.equal('127.0.0.1')
  })

  it('makes anew what another authority signed', async () => {
    const first = await create()
    rmSync(join(directory.path, 'authority.key'))
    const second = await create()
    expect(second.server.certificate).not.to.equal(first.server.certificate)
  })
})
