import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type CertificateAuthority, makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { useHttpWorld } from './testing/http-world.ts'
import { answer, type ScriptedServer } from './testing/scripted-server.ts'

const run = promisify(execFile)

describe('the environment of a process that calls registries', () => {
  const world = useHttpWorld()
  const times = { now: new Date(), lifetimeDays: 1 }
  let authority: CertificateAuthority
  let strangers: CertificateAuthority

  before(async () => {
    authority = await makeCertificateAuthority('Specs', times)
    strangers = await makeCertificateAuthority('Strangers', times)
  })

  let vendor: ScriptedServer
  let proxy: ScriptedServer
  beforeEach(async () => {
    const { certificate, key } = await authority.issueServer()
    vendor = await world.serve(answer(200, {}), { cert: certificate, key })
    proxy = await world.serve(answer(502, {}))
    writeFileSync(world.path('authority.pem'), authority.identity.certificate)
    writeFileSync(world.path('strangers.pem'), strangers.identity.certificate)
  })

  const ask = async (
    environment: Readonly<Record<string, string>>,
    ...bundles: ReadonlyArray<string>
  ): Promise<ReadonlyArray<string>> => {
    const program = fileURLToPath(new URL('./testing/asking-process.ts', import.meta.url))
    const named = bundles.map((bundle) => (bundle === '' ? '' : world.path(bundle)))
    const argv = ['--no-warnings', '--conditions=@pull-secret/source', program, vendor.url, ...named]
    const { stdout } = await run(process.execPath, argv, { env: { PATH: process.env['PATH'], ...environment } })
    return stdout.trim().split('\n')
  }

  const unguarded = (): Readonly<Record<string, string>> => ({
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_USE_ENV_PROXY: '1',
    ...Object.fromEntries(
      ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']
        .flatMap((name) => [name, name.toLowerCase()])
        .map((name) => [name, proxy.url]),
    ),
  })
  const additions = (): Readonly<Record<string, string>> => ({
    NODE_EXTRA_CA_CERTS: world.path('authority.pem'),
    NODE_USE_SYSTEM_CA: '1',
    SSL_CERT_FILE: world.path('authority.pem'),
  })

  it('changes nothing of what a CA file says, and puts no proxy in between', async () => {
    expect(await ask({ ...unguarded(), ...additions() }, 'authority.pem', 'strangers.pem')).to.deep.equal([
      '200',
      'untrusted_certificate',
    ])
    expect([vendor.calls.length, proxy.calls.length]).to.deep.equal([1, 0])
  })

  it('switches no check off where no CA file is named', async () => {
    expect(await ask({ ...unguarded(), SSL_CERT_FILE: world.path('authority.pem') }, '')).to.deep.equal([
      'untrusted_certificate',
    ])
    expect([vendor.calls.length, proxy.calls.length]).to.deep.equal([0, 0])
  })

  it('may add authorities where no CA file is named', async () => {
    expect(await ask({ NODE_EXTRA_CA_CERTS: world.path('authority.pem') }, '')).to.deep.equal(['200'])
  })
})
