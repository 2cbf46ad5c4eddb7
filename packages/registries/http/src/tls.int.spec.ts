import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import tls, { TLSSocket } from 'node:tls'
import { until } from '@pull-secret/domain/testing'
import { type CertificateAuthority, type Identity, makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { tlsFileFaults } from './file-faults.ts'
import type { HttpClient } from './http-client.ts'
import { useHttpWorld } from './testing/http-world.ts'
import type { Script } from './testing/scripted-server.ts'
import { hasPython, startVerifyingServer } from './testing/verifying-server.ts'
import type { TlsFiles } from './tls-files.ts'

const tellClient: Script = (_call, response, request) => {
  const shown = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined
  response.end(shown?.subject.replace('CN=', '') ?? 'nobody')
}

describe('TLS of the HTTP client', () => {
  const world = useHttpWorld()
  const times = { now: new Date(), lifetimeDays: 1 }
  let authority: CertificateAuthority
  let server: Identity
  let first: Identity
  let second: Identity

  before(async () => {
    authority = await makeCertificateAuthority('Specs', times)
    server = await authority.issueServer()
    first = await authority.issueClient('first')
    second = await authority.issueClient('second')
  })

  const files = () => ({
    caFile: world.path('ca.pem'),
    certificateFile: world.path('client.pem'),
    keyFile: world.path('client.key'),
  })
  const write = (file: 'caFile' | 'certificateFile' | 'keyFile', text: string): void => {
    writeFileSync(files()[file], text)
  }
  const install = ({ certificate, key }: Identity): void => {
    write('certificateFile', certificate)
    write('keyFile', key)
  }
  const startMutual = () =>
    world.serve(tellClient, {
      cert: server.certificate,
      key: server.key,
      ca: authority.identity.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    })
  const ask = async (http: HttpClient, url: string): Promise<unknown> => {
    const result = await http.send({ method: 'POST', url, terms: until(world.soon()) })
    return result.kind === 'answered' ? result.body : result
  }

  const certificateRefused = { kind: 'not_sent', problem: 'client_certificate_refused', retryAfterSeconds: 30 }

  let restore = (): unknown => undefined
  afterEach(async () => {
    await restore()
    restore = () => undefined
  })

  beforeEach(() => write('caFile', authority.identity.certificate))

  it('sends nothing to a server whose certificate is not trusted', async () => {
    const vendor = await world.serve(tellClient, { cert: server.certificate, key: server.key })
    expect(await ask(world.open(), vendor.url)).to.deep.equal({ kind: 'not_sent', problem: 'untrusted_certificate' })
    expect(vendor.calls).to.deep.equal([])
  })

  it('sends nothing to a server whose certificate names another host', async () => {
    const stranger = await authority.issueClient('not.this.host')
    const vendor = await world.serve(tellClient, { cert: stranger.certificate, key: stranger.key })
    expect(await ask(world.open({ tls: { caFile: files().caFile } }), vendor.url)).to.deep.equal({
      kind: 'not_sent',
      problem: 'untrusted_certificate',
    })
    expect(vendor.calls).to.deep.equal([])
  })

  it('sends nothing to a stranger, whatever the environment says of certificates', async () => {
    const { NODE_TLS_REJECT_UNAUTHORIZED: former } = process.env
    restore = () => {
      if (former === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = former
    }
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const vendor = await world.serve(tellClient, { cert: server.certificate, key: server.key })
    expect(await ask(world.open(), vendor.url)).to.deep.equal({ kind: 'not_sent', problem: 'untrusted_certificate' })
    expect(vendor.calls).to.deep.equal([])
  })

  it('sends nothing over a version of TLS before 1.2, whatever the process allows', async () => {
    const { DEFAULT_MIN_VERSION: version, DEFAULT_CIPHERS: ciphers } = tls
    Object.assign(tls, { DEFAULT_MIN_VERSION: 'TLSv1', DEFAULT_CIPHERS: 'DEFAULT@SECLEVEL=0' })
    restore = () => Object.assign(tls, { DEFAULT_MIN_VERSION: version, DEFAULT_CIPHERS: ciphers })
    const vendor = await world.serve(tellClient, {
      cert: server.certificate,
      key: server.key,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    expect(await ask(world.open({ tls: { caFile: files().caFile } }), vendor.url)).to.deep.equal({
      kind: 'not_sent',
      problem: 'unreachable',
    })
    expect(vendor.calls).to.deep.equal([])
  })

  it('trusts the authorities of its own bundle', async () => {
    const vendor = await world.serve(tellClient, { cert: server.certificate, key: server.key })
    expect(await ask(world.open({ tls: { caFile: files().caFile } }), vendor.url)).to.equal('nobody')
  })

  it('shows its certificate, and from the next request on the one that took its place', async () => {
    const vendor = await startMutual()
    install(first)
    const http = world.open({ tls: files() })
    expect(await ask(http, vendor.url)).to.equal('first')
    install(second)
    expect(await ask(http, vendor.url)).to.equal('second')
    expect(world.warnings).to.deep.equal([])
  })

  it('lets a request that is under way end on the certificate it began with', async () => {
    const tellSlowly: Script = (call, response, request) => {
      if (call.path === '/slow') held.push(() => tellClient(call, response, request))
      else tellClient(call, response, request)
    }
    const vendor = await world.serve(tellSlowly, {
      cert: server.certificate,
      key: server.key,
      ca: authority.identity.certificate,
      requestCert: true,
    })
    const held: Array<() => void> = []
    install(first)
    const http = world.open({ tls: files() })
    const slow = ask(http, `${vendor.url}/slow`)
    await ask(http, vendor.url)
    install(second)
    expect(await ask(http, vendor.url)).to.equal('second')
    held.forEach((goOn) => goOn())
    expect(await slow).to.equal('first')
  })

  it('keeps the former pair while a new certificate waits for its key, and says so once', async () => {
    const vendor = await startMutual()
    install(first)
    const http = world.open({ tls: files() })
    await ask(http, vendor.url)
    write('certificateFile', second.certificate)
    expect(await ask(http, vendor.url)).to.equal('first')
    expect(await ask(http, vendor.url)).to.equal('first')
    const reason = `${files().keyFile} does not belong to the certificate in ${files().certificateFile}`
    expect(world.warnings).to.deep.equal([
      { message: 'the files of the connections to a registry cannot be used', reason, keepsFormer: true },
    ])
    write('keyFile', second.key)
    expect(await ask(http, vendor.url)).to.equal('second')
  })

  it('sends nothing without files that work, and works as soon as they do', async () => {
    const vendor = await startMutual()
    const http = world.open({ tls: files() })
    expect(await ask(http, vendor.url)).to.deep.equal({
      kind: 'not_sent',
      problem: 'file_unusable',
      retryAfterSeconds: 30,
    })
    install(first)
    expect(await ask(http, vendor.url)).to.equal('first')
    rmSync(files().keyFile)
    expect(await ask(http, vendor.url)).to.equal('first')
  })

  for (const version of ['TLSv1_2', 'TLSv1_3'] as const) {
    it(`knows that nothing was executed when an alert of ${version} refuses its certificate`, async function () {
      if (!hasPython()) this.skip('python3 is not installed')
      const vendor = await startVerifyingServer({
        ...server,
        path: world.path,
        clientAuthority: authority.identity.certificate,
        version,
      })
      restore = vendor.close
      install(first)
      const http = world.open({ tls: files() })
      expect(await ask(http, vendor.url)).to.equal('hi')
      install(await (await makeCertificateAuthority('Strangers', times)).issueClient('first'))
      expect(await ask(http, vendor.url)).to.deep.equal(certificateRefused)
      install(await (await makeCertificateAuthority('Specs', { ...times, lifetimeDays: -1 })).issueClient('first'))
      expect(await ask(http, vendor.url)).to.deep.equal(certificateRefused)
    })
  }

  const refusals: Readonly<Record<number, string>> = {
    41: 'no_certificate',
    42: 'bad_certificate',
    43: 'unsupported_certificate',
    44: 'certificate_revoked',
    45: 'certificate_expired',
    46: 'certificate_unknown',
    48: 'unknown_ca',
    49: 'access_denied',
    116: 'certificate_required',
  }
  const otherAlerts: Readonly<Record<number, string>> = {
    10: 'unexpected_message',
    70: 'protocol_version',
    71: 'insufficient_security',
    80: 'internal_error',
    112: 'unrecognized_name',
    113: 'bad_certificate_status_response',
  }
  const askAlerting = async (alert: number, tlsOfClient?: TlsFiles): Promise<unknown> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, alert])))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    try {
      return await ask(world.open({ tls: tlsOfClient }), `https://127.0.0.1:${String(port)}`)
    } finally {
      server.close()
    }
  }

  for (const [alert, name] of Object.entries(refusals))
    it(`knows the alert ${name} for a refusal of its certificate`, async () => {
      expect(await askAlerting(Number(alert))).to.deep.equal(certificateRefused)
    })

  for (const [alert, name] of Object.entries(otherAlerts))
    it(`does not take the alert ${name} for a refusal of its certificate`, async () => {
      install(first)
      expect(await askAlerting(Number(alert), files())).to.deep.equal({ kind: 'not_sent', problem: 'unreachable' })
    })

  it('takes a handshake that the vendor breaks off for a refusal only where it shows a certificate', async () => {
    install(first)
    expect(await askAlerting(40, files())).to.deep.equal(certificateRefused)
    expect(await askAlerting(40)).to.deep.equal({ kind: 'not_sent', problem: 'unreachable' })
  })

  it('does not know the outcome when the vendor ends the connection without saying why', async () => {
    const vendor = await startMutual()
    install(await (await makeCertificateAuthority('Strangers', times)).issueClient('first'))
    expect(await ask(world.open({ tls: files() }), vendor.url)).to.deep.equal({
      kind: 'unknown',
      problem: 'connection_lost',
    })
    expect(vendor.calls).to.deep.equal([])
  })

  it('never trusts the public authorities in place of a bundle that holds no certificate', async () => {
    const vendor = await world.serve(tellClient, { cert: server.certificate, key: server.key })
    const half = server.certificate.slice(0, 200)
    for (const text of ['', ' \n', 'no certificate', server.key, half, `${server.certificate}\n${half}`]) {
      write('caFile', text)
      expect(await ask(world.open({ tls: { caFile: files().caFile } }), vendor.url)).to.deep.equal({
        kind: 'not_sent',
        problem: 'file_unusable',
        retryAfterSeconds: 30,
      })
    }
    expect(vendor.calls).to.deep.equal([])
  })

  it('shows no certificate without its key, and none with the key of another', async () => {
    const vendor = await startMutual()
    for (const [certificate, key] of [
      ['', first.key],
      [first.certificate, ''],
      [first.certificate, second.key],
      [first.key, first.certificate],
    ] as const) {
      write('certificateFile', certificate)
      write('keyFile', key)
      expect(await ask(world.open({ tls: files() }), vendor.url)).to.deep.equal({
        kind: 'not_sent',
        problem: 'file_unusable',
        retryAfterSeconds: 30,
      })
    }
    expect(vendor.calls).to.deep.equal([])
  })

  it('shows no certificate that its TLS library refuses, such as one with a short key', async function () {
    const { certificateFile, keyFile } = files()
    const out = ['-keyout', keyFile, '-out', certificateFile]
    const made = spawnSync('sh', ['-c', 'openssl req -x509 -newkey rsa:1024 -nodes -subj /CN=short "$@"', 'sh', ...out])
    if (made.status !== 0) this.skip('openssl is not installed')
    const vendor = await startMutual()
    expect(await ask(world.open({ tls: files() }), vendor.url)).to.deep.equal({
      kind: 'not_sent',
      problem: 'file_unusable',
      retryAfterSeconds: 30,
    })
    expect(world.warnings).to.have.nested.property(
      '[0].reason',
      `${certificateFile} is refused by OpenSSL (ERR_SSL_EE_KEY_TOO_SMALL)`,
    )
    expect(vendor.calls).to.deep.equal([])
  })

  it('says by field, file and rule which of its files cannot be used', async () => {
    const fields = { caFile: 'ca_file', certificateFile: 'cert', keyFile: 'key' }
    const faults = (now = Date.now()) => tlsFileFaults(files(), fields, now).map(({ message }) => message)
    install(first)
    expect(faults()).to.deep.equal([])
    expect(faults(Date.now() + 2 * 86_400_000)).to.have.length(1)
    expect(faults(Date.now() + 2 * 86_400_000)[0]).to.match(/^cert: .*client\.pem expired at \d{4}-/)
    expect(faults(0)[0]).to.match(/^cert: .*client\.pem is not valid before \d{4}-/)
    write('caFile', '')
    rmSync(files().certificateFile)
    write('keyFile', first.certificate)
    expect(faults()).to.deep.equal([
      `ca_file: ${files().caFile} is empty`,
      `cert: ${files().certificateFile} does not exist`,
      `key: ${files().keyFile} holds no private key without a passphrase`,
    ])
    expect(faults().join()).not.to.include('BEGIN')
    expect(tlsFileFaults({}, {}, 0)).to.deep.equal([])
  })
})
