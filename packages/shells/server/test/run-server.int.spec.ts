// Here and not beside a source file because it plays the whole server, from its configuration to its end.
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect } from 'chai'
import { aDeployment, administratorToken, type Deployment } from './a-deployment.ts'
import { operatorToken } from './a-server.ts'
import { aTlsPort } from './a-tls-port.ts'
import { ask } from './ask.ts'
import { namedProgram } from './run-program.ts'

const path = '/v1/clusters/cls-abc123/pull-secrets'

describe('a run of the server, on PostgreSQL and simulated vendors', () => {
  let deployment: Deployment
  before(async () => {
    deployment = await aDeployment()
  })
  after(() => deployment.close())

  const robots = () => deployment.quay.robots().filter(({ description }) => !description.endsWith('/control'))
  const accounts = () =>
    deployment.rhit
      .serviceAccounts()
      .filter(({ deletedAt, description }) => deletedAt === null && !description.endsWith('/control'))

  it('says in one sentence that the database is not migrated, and does not start', async () => {
    const { server, exitCode, faults } = await deployment.run()
    expect([server, await exitCode]).to.deep.equal([undefined, 1])
    expect(faults).to.have.length(1)
    expect(faults[0]).to.match(/^database: \d+ migration\(s\) are pending: run pull-secret migrate$/)
  })

  it('gives a cluster its credentials at every vendor, and takes every one of them back', async () => {
    await deployment.migrate()
    const { server, exitCode, faults, signal } = await deployment.run()
    const { url = '', metricsUrl = '' } = server ?? {}
    expect((await ask(url, '/readyz', { token: null })).json).to.deep.include({
      registries: { quay: { status: 'unknown' }, rhit: { status: 'unknown' } },
    })

    const generated = await ask(url, path, { method: 'POST', json: { cloud_provider: 'gcp', region: 'us-east1' } })
    expect([generated.status, robots().length, accounts().length]).to.deep.equal([200, 1, 1])
    const { auths } = JSON.parse(String(generated.json['dockerconfigjson'])) as {
      readonly auths: Readonly<Record<string, { readonly auth: string }>>
    }
    const loginAt = (host: string) => Buffer.from(auths[host]?.auth ?? '', 'base64').toString()
    const logins = [
      `${String(robots()[0]?.name)}:${String(robots()[0]?.token)}`,
      `${String(accounts()[0]?.username)}:${String(accounts()[0]?.password)}`,
    ]
    expect([loginAt('cloud.openshift.com'), loginAt('registry.connect.redhat.com')]).to.deep.equal(logins)

    const retrieved = await ask(url, path)
    expect(retrieved.json).to.include({ dockerconfigjson: generated.json['dockerconfigjson'] })
    expect((await ask(url, path, { headers: { 'If-None-Match': retrieved.headers.etag } })).status).to.equal(304)
    const ready = await ask(url, '/readyz', { token: null })
    expect([ready.status, ready.json['registries']]).to.deep.equal([
      200,
      { quay: { status: 'working' }, rhit: { status: 'working' } },
    ])
    expect((await ask(metricsUrl, '/metrics', { port: 'metrics', token: null })).text).to.match(
      /hyperfleet_pull_secret_service_http_requests_total\{.*status_code="304".*\} 1\n/,
    )

    expect((await ask(url, path, { method: 'DELETE' })).status).to.equal(204)
    expect([robots(), accounts()]).to.deep.equal([[], []])
    expect((await ask(url, path)).status).to.equal(404)
    expect((await ask(url, path, { method: 'POST' })).json['error']).to.include({ code: 'CLUSTER_DELETED' })
    expect((await ask(url, path, { method: 'POST', json: { recreate: 1 } })).status).to.equal(200)

    signal('SIGTERM')
    expect([await exitCode, faults]).to.deep.equal([0, []])
    const secrets = [...logins.map((login) => login.slice(login.indexOf(':') + 1)), administratorToken, operatorToken]
    for (const secret of secrets) expect(deployment.logged()).not.to.include(secret)
  })

  it('serves all instances only with TLS, unless something in front is said to end it', async () => {
    const refused = await deployment.run({ HYPERFLEET_DEPLOYMENT_MODE: 'global' })
    expect([refused.server, await refused.exitCode]).to.deep.equal([undefined, 1])
    expect(refused.faults.join()).to.match(/^server\.tls\.cert_file: a global deployment that speaks plain HTTP/)
    const behindProxy = { HYPERFLEET_DEPLOYMENT_MODE: 'global', HYPERFLEET_SERVER_PLAIN_HTTP: 'true' }
    const { server, exitCode, signal } = await deployment.run(behindProxy)
    expect((await ask(server?.url ?? '', path)).headers['x-ratelimit-limit']).to.equal('500')
    expect(deployment.logged()).to.include('\\"mode\\":\\"global\\"').and.to.include('\\"per_minute\\":500')
    signal('SIGTERM')
    expect(await exitCode).to.equal(0)
  })

  it('says what is wrong with its file of tokens, and does not start', async () => {
    const { tokensFile } = deployment
    const usable = readFileSync(tokensFile, 'utf8')
    writeFileSync(tokensFile, 'canary')
    const { server, exitCode, faults } = await deployment.run()
    writeFileSync(tokensFile, usable)
    expect([server, await exitCode, faults]).to.deep.equal([
      undefined,
      1,
      [`access.tokens_file: ${tokensFile}: must be valid JSON`],
    ])
  })

  it('says what is wrong with its TLS files, beside everything else, and does not start', async () => {
    const { tokensFile } = deployment
    const { server, exitCode, faults } = await deployment.run({
      HYPERFLEET_SERVER_TLS_CERT_FILE: tokensFile,
      HYPERFLEET_SERVER_TLS_KEY_FILE: '/nowhere/server.key',
      HYPERFLEET_SERVER_TLS_CLIENT_CA_FILE: tokensFile,
      HYPERFLEET_ENCRYPTION_KEY_RING_FILE: '/nowhere/key-ring.json',
    })
    expect([server, await exitCode, faults]).to.deep.equal([
      undefined,
      1,
      [
        `server.tls.client_ca_file: ${tokensFile} holds no certificate`,
        `server.tls.cert_file: ${tokensFile} holds no certificate`,
        'server.tls.key_file: /nowhere/server.key does not exist',
        'encryption.key_ring_file: /nowhere/key-ring.json does not exist',
      ],
    ])
  })

  it('serves its API over TLS where it has a certificate and its key', async () => {
    const port = await aTlsPort()
    const { server, exitCode, signal } = await deployment.run({
      HYPERFLEET_SERVER_TLS_CERT_FILE: port.files.certFile,
      HYPERFLEET_SERVER_TLS_KEY_FILE: port.files.keyFile,
    })
    const { url = '', metricsUrl = '' } = server ?? {}
    const tls = { ca: port.authority.identity.certificate }
    expect((await ask(url, '/v1/registries', { tls })).status).to.equal(200)
    expect((await ask(metricsUrl, '/metrics', { port: 'metrics', token: null })).status).to.equal(200)
    signal('SIGTERM')
    expect(await exitCode).to.equal(0)
    port.close()
  })

  it('tells its configuration when it starts, and why it ends', async () => {
    const { exitCode, signal } = await deployment.run()
    signal('SIGINT')
    expect(await exitCode).to.equal(0)
    const messages = deployment
      .logged()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly message: string; readonly signal?: string })
    expect(messages.map(({ message }) => message)).to.include.members([
      'effective configuration',
      'serving',
      'received a signal',
      'stopped',
    ])
    expect(messages.map(({ signal: name }) => name)).to.include('SIGINT')
  })

  it('ends in order when it is stopped before or while it starts', async function () {
    if (namedProgram() !== undefined) this.skip('a signal that early meets a process that cannot know it yet')
    const before = new AbortController()
    before.abort('SIGTERM')
    const [stoppedBefore, during] = [deployment.run({}, before), new AbortController()]
    const stoppedDuring = deployment.run({}, during)
    during.abort('SIGTERM')
    for (const { server, exitCode, faults } of [await stoppedBefore, await stoppedDuring])
      expect([server, await exitCode, faults]).to.deep.equal([undefined, 0, []])
  })

  it('does not wait for a database that does not answer when it is stopped', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const stopping = new AbortController()
    const asked = once(silent, 'connection')
    const starting = deployment.run(
      {
        HYPERFLEET_DATABASE_URL: `postgres://nobody@127.0.0.1:${String(port)}/none`,
        HYPERFLEET_SERVER_SHUTDOWN_SECONDS: '1',
      },
      stopping,
    )
    const [socket] = (await asked) as [Socket]
    stopping.abort('SIGTERM')
    const { server, exitCode, faults } = await starting
    expect([server, await exitCode, faults]).to.deep.equal([undefined, 0, []])
    socket.destroy()
    silent.close()
  })

  it('says in one sentence that its port is taken, and does not start', async () => {
    const first = await deployment.run()
    const port = new URL(first.server?.url ?? '').port
    const second = await deployment.run({ HYPERFLEET_SERVER_PORT: port })
    expect([second.server, await second.exitCode, second.faults]).to.deep.equal([
      undefined,
      1,
      [`cannot listen on 127.0.0.1:${port}: the port is already in use`],
    ])
    first.signal('SIGTERM')
    expect(await first.exitCode).to.equal(0)
  })
})
