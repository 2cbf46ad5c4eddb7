import { rmSync, writeFileSync } from 'node:fs'
import { TLSSocket } from 'node:tls'
import { until } from '@pull-secret/domain/testing'
import { type CertificateAuthority, makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import type { HttpClientDeps } from './http-client.ts'
import { type ConnectingProxy, type ProxyAnswer, startConnectingProxy } from './testing/connecting-proxy.ts'
import { useHttpWorld } from './testing/http-world.ts'
import { answer, type Script } from './testing/scripted-server.ts'

const unreachable = { kind: 'not_sent', problem: 'unreachable' }

describe('the HTTP client of registries behind a proxy', () => {
  const world = useHttpWorld()
  let authority: CertificateAuthority
  let proxy: ConnectingProxy
  let does: ProxyAnswer

  before(async () => {
    authority = await makeCertificateAuthority('Specs', { now: new Date(), lifetimeDays: 1 })
  })
  beforeEach(async () => {
    proxy = await startConnectingProxy(() => does)
  })
  afterEach(() => proxy.close())

  const portOf = (url: string): number => Number(new URL(url).port)
  const open = (deps: Partial<HttpClientDeps> = {}) => world.open({ proxy: { url: proxy.url }, ...deps })
  const ask = (http: ReturnType<typeof open>, url: string) =>
    http.send({ method: 'PUT', url, body: { a: 1 }, terms: until(world.soon()) })
  const secured = async (script: Script) => {
    const { certificate, key } = await authority.issueServer()
    writeFileSync(world.path('ca.pem'), authority.identity.certificate)
    return world.serve(script, {
      cert: certificate,
      key,
      ca: authority.identity.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    })
  }

  it('reaches a registry by CONNECT alone, with TLS or without, and looks up no name itself', async () => {
    const plain = await world.serve(answer(201, {}))
    does = { port: portOf(plain.url) }
    const http = open({ insecureHttp: true })
    expect(await ask(http, 'http://registry.invalid:81/x')).to.include({ kind: 'answered', status: 201 })
    expect(proxy.calls).to.deep.equal([['registry.invalid:81', undefined]])
    expect(plain.calls[0]).to.include({ method: 'PUT', path: '/x', body: '{"a":1}' })
    expect(plain.calls[0]?.headers.host).to.equal('registry.invalid:81')
  })

  it('checks the certificate of the registry, and shows its own to the registry', async () => {
    const tellClient: Script = (_call, response, request) => {
      const shown = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined
      response.end(shown?.subject ?? 'nobody')
    }
    const registry = await secured(tellClient)
    does = { port: portOf(registry.url) }
    const url = registry.url.replace('127.0.0.1', 'localhost')
    const client = await authority.issueClient('ours')
    writeFileSync(world.path('client.pem'), client.certificate)
    writeFileSync(world.path('client.key'), client.key)
    const tls = { caFile: world.path('ca.pem') }
    const own = { ...tls, certificateFile: world.path('client.pem'), keyFile: world.path('client.key') }
    expect(await ask(open({ tls: own }), url)).to.include({ body: 'CN=ours' })
    expect(await ask(open(), url)).to.deep.equal({ kind: 'not_sent', problem: 'untrusted_certificate' })
    const elsewhere = await ask(open({ tls }), 'https://registry.invalid/')
    expect(elsewhere).to.deep.equal({ kind: 'not_sent', problem: 'untrusted_certificate' })
  })

  it('knows that nothing was sent where the proxy is away, answers no or does not answer', async () => {
    const url = 'https://registry.invalid/'
    for (const status of [403, 407, 502, 503]) {
      does = { status }
      expect(await ask(open(), url), String(status)).to.deep.equal(unreachable)
    }
    does = 'silence'
    expect(await ask(open({ callSeconds: 2 }), url)).to.deep.equal(unreachable)
    const gone = await startConnectingProxy(() => does)
    await gone.close()
    expect(await ask(open({ proxy: { url: gone.url } }), url)).to.deep.equal(unreachable)
  })

  it('knows nothing where the connection is lost after the request', async () => {
    const registry = await world.serve((_call, _response, request) => request.socket.destroy())
    does = { port: portOf(registry.url) }
    expect(await ask(open(), registry.url)).to.deep.equal({ kind: 'unknown', problem: 'connection_lost' })
  })

  it('shows name and password to the proxy alone, and reads the password again when it changes', async () => {
    const registry = await world.serve(answer(200, {}))
    does = { port: portOf(registry.url) }
    const passwordFile = world.path('proxy-password')
    writeFileSync(passwordFile, 'synthetic:one\n')
    const http = open({ proxy: { url: proxy.url, username: 'name', passwordFile } })
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    await ask(http, registry.url)
    writeFileSync(passwordFile, 'synthetic-other')
    await ask(http, registry.url)
    expect(proxy.calls.map(([, shown]) => shown)).to.deep.equal([
      basic('name:synthetic:one'),
      basic('name:synthetic-other'),
    ])
    expect(registry.calls.map(({ headers }) => headers['proxy-authorization'])).to.deep.equal([undefined, undefined])
  })

  it('sends nothing while it has no password, and says which file is missing', async () => {
    const passwordFile = world.path('proxy-password')
    does = 'silence'
    expect(await ask(open({ proxy: { url: proxy.url, passwordFile } }), 'https://registry.invalid/')).to.include({
      kind: 'not_sent',
      problem: 'file_unusable',
    })
    expect(world.warnings).to.have.nested.property('[0].reason', `${passwordFile} does not exist`)
    rmSync(passwordFile, { force: true })
    expect(proxy.calls).to.deep.equal([])
  })
})
