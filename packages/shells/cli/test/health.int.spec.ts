import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { aServedInstallation, type ServedInstallation } from './a-served-installation.ts'

describe('health', () => {
  let installation: ServedInstallation
  const opened: Array<Server> = []
  before(async () => {
    installation = await aServedInstallation()
  })
  after(async () => {
    opened.forEach((server) => server.close())
    await installation.close()
  })

  const health = (port: string, ...flags: ReadonlyArray<string>) =>
    installation.run(['health', '--server-port', port, ...flags])
  const listening = async (server: Server): Promise<string> => {
    opened.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return String((server.address() as AddressInfo).port)
  }
  const alive = { code: 0, stdout: 'alive\n', stderr: '' }

  it('is that of the service of the configuration, needs no token, and finds it behind any address', async () => {
    const { port } = new URL(installation.url)
    expect(await health(port)).to.deep.equal(alive)
    expect(await health(port, '--server-host', '0.0.0.0')).to.deep.equal(alive)
  })

  it('is missing where nobody listens, or somebody else answers', async () => {
    const port = await listening(createServer((_request, response) => response.writeHead(404).end()))
    const stranger = await health(port)
    expect(stranger.code).to.equal(6)
    expect(stranger.stderr).to.include(
      `[NOT_ALIVE] the service on port ${port} of this machine answers /healthz with 404`,
    )
    opened.pop()?.close()
    const nobody = await health(port)
    expect([nobody.code, nobody.stdout]).to.deep.equal([6, ''])
    expect(nobody.stderr).to.include('cannot be reached (ECONNREFUSED)')
  })

  describe('over TLS', () => {
    let files: ReadonlyArray<string>
    let pair: { readonly cert: string; readonly key: string }
    before(async () => {
      const authority = await makeCertificateAuthority('health', { now: new Date(0), lifetimeDays: 1 })
      // It expired, and nobody trusts its authority: neither is a reason to end the process.
      const { certificate, key } = await authority.issueServer()
      pair = { cert: certificate, key }
      files = [
        '--server-tls-cert-file',
        await installation.file('server.pem', certificate),
        '--server-tls-key-file',
        await installation.file('server.key', key),
      ]
    })
    const healthy: RequestListener = (_request, response) => response.end()

    it('does not depend on the certificate', async () => {
      const port = await listening(createTlsServer(pair, healthy))
      expect(await health(port, ...files)).to.deep.equal(alive)
    })

    it('is that it takes connections, where clients need certificates', async () => {
      const port = await listening(createTlsServer({ ...pair, ca: pair.cert, requestCert: true }, healthy))
      const clientCa = ['--server-tls-client-ca-file', files[1] ?? '']
      expect(await health(port, ...files, ...clientCa)).to.deep.equal(alive)
    })
  })
})
