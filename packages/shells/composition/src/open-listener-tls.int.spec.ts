import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeSilentLogger } from '@pull-secret/in-memory'
import { makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { listenerTlsFaults, openListenerTls } from './open-listener-tls.ts'

describe('the TLS files of a port', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'listener-tls-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const anAuthority = () => makeCertificateAuthority('a port', { now: new Date(), lifetimeDays: 1 })

  it('open where certificate and key belong together', async () => {
    const authority = await anAuthority()
    const { certificate, key } = await authority.issueServer()
    const config = {
      certFile: write('server.pem', certificate),
      keyFile: write('server.key', key),
      clientCaFile: write('clients.pem', authority.identity.certificate),
    }
    const deps = { clock: { monotonic: () => 0 }, logger: makeSilentLogger() }
    const opened = await openListenerTls(config, deps)
    if (E.isLeft(opened)) throw new Error('refused')
    expect(opened.right.demandsCertificate).to.equal(true)
    expect(opened.right.current()).to.deep.equal({
      cert: certificate,
      key,
      ca: authority.identity.certificate,
    })
    expect(opened.right.expiresAt()).to.equal(new X509Certificate(certificate).validToDate.getTime())
  })

  it('are refused by field, file and rule, without their content', async () => {
    const authority = await anAuthority()
    const { certificate, key } = await authority.issueServer()
    const certFile = write('server.pem', certificate)
    const keyFile = write('server.key', key)
    const foreignKey = write('foreign.key', (await authority.issueServer()).key)
    expect(await listenerTlsFaults({ certFile, keyFile })).to.deep.equal([])
    expect(await listenerTlsFaults({ certFile, keyFile: foreignKey })).to.deep.equal([
      { field: 'server.tls.key_file', message: `${foreignKey} does not belong to the certificate in ${certFile}` },
    ])
    expect(await listenerTlsFaults({ certFile: keyFile, keyFile: certFile, clientCaFile: keyFile })).to.deep.equal([
      { field: 'server.tls.client_ca_file', message: `${keyFile} holds no certificate` },
      { field: 'server.tls.cert_file', message: `${keyFile} holds no certificate` },
      { field: 'server.tls.key_file', message: `${certFile} holds no private key without a passphrase` },
    ])
    const absent = join(folder, 'absent')
    expect(await listenerTlsFaults({ certFile: absent, keyFile })).to.deep.equal([
      { field: 'server.tls.cert_file', message: `${absent} does not exist` },
    ])
  })
})
