import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretText } from '@pull-secret/domain'
import { makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { type KubernetesSimulator, startKubernetesSimulator } from '@pull-secret/registry-simulators/kubernetes'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type AccessProblem, type KubernetesAccess, openKubeconfig, openKubernetesAccess } from './index.ts'

const caller = { token: 'token-of-adapter', username: 'adapter' }
const reviewers = ['in-the-file', 'in-a-token-file', 'of-a-plugin']

describe('access by a kubeconfig', () => {
  let folder: string
  let server: KubernetesSimulator
  let access: KubernetesAccess | undefined
  let passed = 0
  const clock = { now: Date.now, monotonic: () => performance.now() + passed }
  const problems: Array<AccessProblem> = []

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
    const authority = await makeCertificateAuthority('Kubernetes', { now: new Date(), lifetimeDays: 1 })
    const { certificate, key } = await authority.issueServer()
    write('ca.crt', authority.identity.certificate)
    server = await startKubernetesSimulator({
      accounts: [caller],
      reviewerTokens: reviewers,
      tls: { certificate, key },
    })
  })
  afterEach(async () => {
    await access?.close()
    access = undefined
    problems.length = 0
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const inFolder = (name: string): string => join(folder, name)
  const write = (name: string, text: string): void => writeFileSync(inFolder(name), text)
  const writePlugin = (text: string): void => {
    write('plugin', `#!/bin/sh\n${text}\n`)
    chmodSync(inFolder('plugin'), 0o700)
  }

  const file = (): string => inFolder('config')
  const writeConfig = (user: object, cluster: object = {}): void => {
    write(
      'config',
      JSON.stringify({
        clusters: [{ name: 'here', cluster: { server: server.url, 'certificate-authority': 'ca.crt', ...cluster } }],
        users: [{ name: 'service', user }],
        contexts: [{ name: 'it', context: { cluster: 'here', user: 'service' } }],
        'current-context': 'it',
      }),
    )
  }
  const open = async (...parts: Parameters<typeof writeConfig>): Promise<KubernetesAccess> => {
    writeConfig(...parts)
    const connection = await openKubeconfig({ file: file(), monotonic: clock.monotonic })
    access = openKubernetesAccess({ connection, clock, audiences: [], onProblem: (told) => problems.push(told) })
    return access
  }
  const faultOf = async (...parts: Parameters<typeof writeConfig>): Promise<string> => {
    writeConfig(...parts)
    return openKubeconfig({ file: file(), monotonic: clock.monotonic }).then(
      () => 'none',
      (error: unknown) => (error as Error).message,
    )
  }
  const who = async ({ authenticator }: KubernetesAccess, token = caller.token): Promise<string> => {
    const answer = await authenticator.authenticate(secretText(token))()
    return E.isRight(answer) ? answer.right.name : answer.left.code
  }

  it('asks with its token, and finds files beside it', async () => {
    expect(await who(await open({ token: 'in-the-file' }))).to.equal('adapter')
  })

  it('asks with a token file, and follows it', async () => {
    write('token', 'wrong')
    const opened = await open({ tokenFile: 'token' })
    expect(await who(opened)).to.equal('ACCESS_UNAVAILABLE')
    expect(problems.map(({ code }) => code)).to.deep.equal(['account_unknown'])
    write('token', 'in-a-token-file\n')
    passed += 2_000
    expect(await who(opened)).to.equal('adapter')
  })

  it('asks with what an exec plugin gives', async () => {
    writePlugin(`echo '{"status":{"token":"of-a-plugin"}}'`)
    expect(await who(await open({ exec: { command: inFolder('plugin') } }))).to.equal('adapter')
  })

  it('gives up an exec plugin that hangs, and starts it again after a while', async () => {
    writePlugin('exec sleep 3')
    const opened = await open({ exec: { command: inFolder('plugin') } })
    expect(await who(opened)).to.equal('ACCESS_UNAVAILABLE')
    expect(problems[0]?.message).to.include('gave no credential in time')
    writePlugin(`echo '{"status":{"token":"of-a-plugin"}}'`)
    passed += 31_000
    expect(await who(opened)).to.equal('adapter')
  })

  it('names a plugin that fails, and nothing that it wrote', async () => {
    writePlugin('echo a secret >&2; exit 1')
    expect(await who(await open({ exec: { command: inFolder('plugin') } }))).to.equal('ACCESS_UNAVAILABLE')
    expect(problems[0]?.message).to.include(`the exec plugin of ${file()}`).and.not.include('secret')
  })

  it('names a file that is missing', async () => {
    const opened = await open({ token: 'in-the-file' }, { 'certificate-authority': 'away.crt' })
    expect(await who(opened)).to.equal('ACCESS_UNAVAILABLE')
    expect(problems[0]?.message).to.include(inFolder('away.crt')).and.include('ENOENT')
  })

  it('verifies the name that the file gives the API server', async () => {
    expect(await who(await open({ token: 'in-the-file' }, { 'tls-server-name': 'localhost' }))).to.equal('adapter')
    await access?.close()
    const other = await open({ token: 'in-the-file' }, { 'tls-server-name': 'other.example' })
    expect(await who(other)).to.equal('ACCESS_UNAVAILABLE')
    expect(problems[0]?.message).to.include('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  const refused: ReadonlyArray<readonly [what: string, user: object, cluster: object, named: string]> = [
    ['no verification', {}, { 'insecure-skip-tls-verify': true }, 'skips the verification'],
    ['no TLS', {}, { server: 'http://127.0.0.1:1' }, 'without TLS'],
    ['a proxy', {}, { 'proxy-url': 'http://127.0.0.1:1' }, 'proxy-url'],
    ['impersonation', { as: 'somebody' }, {}, 'impersonates'],
    ['an auth provider', { 'auth-provider': { name: 'oidc' } }, {}, 'auth-provider'],
    ['a password', { username: 'admin', password: 'x' }, {}, 'password'],
  ]
  for (const [what, user, cluster, named] of refused) {
    it(`refuses ${what} by name`, async () => {
      expect(await faultOf(user, cluster))
        .to.include(named)
        .and.include(file())
    })
  }

  it('refuses what is no kubeconfig, and a context that leads nowhere', async () => {
    write('config', 'no: kubeconfig')
    const opening = async (): Promise<string> =>
      openKubeconfig({ file: file(), monotonic: clock.monotonic }).then(
        () => 'none',
        (error: unknown) => (error as Error).message,
      )
    expect(await opening()).to.include('no current context')
    write('config', '{')
    expect(await opening()).to.include('is no kubeconfig')
  })
})
