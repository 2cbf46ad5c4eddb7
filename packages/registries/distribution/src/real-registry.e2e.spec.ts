import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { markerOf, type OpenRegistry, secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { distributionRegistry } from './distribution-registry.ts'

const program = 'docker-registry'
const deploymentId = 'prod'
const clock = makeInMemoryClock()

const isInstalled = (): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })

describe('a real CNCF Distribution registry', function () {
  let folder = ''
  let registry: ChildProcess | undefined
  let open: OpenRegistry | undefined

  before(async function () {
    if (!isInstalled()) this.skip(`${program} is not installed`)
    folder = mkdtempSync(join(tmpdir(), 'real-registry-'))
    const port = await freePort()
    const file = join(folder, 'htpasswd')
    mkdirSync(join(folder, 'shared'))
    writeFileSync(join(folder, 'shared', 'users'), '# by hand\n')
    symlinkSync('shared/users', file)
    writeFileSync(
      join(folder, 'config.yml'),
      JSON.stringify({
        version: '0.1',
        log: { level: 'error' },
        storage: { filesystem: { rootdirectory: folder } },
        http: { addr: `127.0.0.1:${String(port)}` },
        auth: { htpasswd: { realm: 'test', path: file } },
      }),
    )
    registry = spawn(program, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
    open = distributionRegistry.open(
      { registryUrl: `http://127.0.0.1:${String(port)}`, htpasswdFile: file },
      { registryId: 'internal', deploymentId, clock, logger: makeSilentLogger(), callSeconds: 5, turns: everyTurn },
    )
    while ((await fetch(`http://127.0.0.1:${String(port)}/v2/`).catch(() => undefined)) === undefined)
      await setTimeout(20)
  })

  after(async () => {
    registry?.kill('SIGKILL')
    await open?.close()
    if (folder !== '') rmSync(folder, { recursive: true })
  })

  const client = () => {
    if (open === undefined) throw new Error('not open')
    return open.client
  }
  const deadline = () => clock.monotonic() + 20_000
  const aRow = (id: string) => ({
    vendorName: client().vendorName({ clusterId: 'cls-0000aaaa', credentialId: id, entropy: '' }),
    marker: markerOf(deploymentId, id),
    token: secretText(`token-of-${id}`),
    wasCreated: true,
    openToken: () => E.right(secretText(`token-of-${id}`)),
  })
  const login = ({ vendorName }: { readonly vendorName: string }, token: string) =>
    client().validateCredential({ username: vendorName, token: secretText(token), terms: until(deadline()) })()

  it('accepts each user from its creation to its deletion, without a restart, also behind a link', async () => {
    const [one, two] = [aRow('one'), aRow('two')]
    expect(await login(one, 'token-of-one')).to.deep.equal({ kind: 'invalid' })
    await client().createCredential({ ...one, shared: { fence: 1, entries: [one] }, terms: until(deadline()) })()
    await client().createCredential({ ...two, shared: { fence: 2, entries: [one, two] }, terms: until(deadline()) })()
    expect(await login(one, 'token-of-one')).to.deep.equal({ kind: 'valid' })
    expect(await login(two, 'token-of-two')).to.deep.equal({ kind: 'valid' })
    expect(await login(two, 'token-of-one')).to.deep.equal({ kind: 'invalid' })
    await client().deleteCredential({ ...one, shared: { fence: 3, entries: [two] }, terms: until(deadline()) })()
    expect(await login(one, 'token-of-one')).to.deep.equal({ kind: 'invalid' })
    expect(await login(two, 'token-of-two')).to.deep.equal({ kind: 'valid' })
  })
})
