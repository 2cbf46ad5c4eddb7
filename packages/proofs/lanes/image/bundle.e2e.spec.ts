import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync, writeFileSync, type WriteStream } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { startKubernetesSimulator } from '@pull-secret/registry-simulators/kubernetes'
import { startTraceReceiver } from '@pull-secret/registry-simulators/traces'
import { expect } from 'chai'
import { makeImage } from '../src/image/image-files.ts'
import { openStage, type Stage } from '../src/stage/open-stage.ts'
import { parsePullSecretAnswer } from '../src/stage/pull-secret-answer.ts'
import { pullSecretPath } from '../src/stage/service-caller.ts'
import { serviceConfig } from '../src/stage/service-config.ts'
import { type ServiceProcess, startServiceProcess } from '../src/stage/service-process.ts'

const times = { leaseSeconds: 12, callSeconds: 10, landingWindowSeconds: 0, recoverySeconds: 0 }
const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
const clusterId = 'cls-bundle1'

describe('the bundle of the image, as a program by itself,', () => {
  let stage: Stage
  let log: WriteStream
  let program: string
  let service: ServiceProcess
  const closings: Array<() => unknown> = []

  const inFolder = (name: string): string => join(stage.folder.path, name)
  const configure = (name: string, changes: object = {}): string => {
    const { folder, quay, rhit, plainHost, databaseUrl } = stage
    const config = serviceConfig({ folder, quay, rhit, plainHost, databaseUrl, preparedStatements: true, times })
    writeFileSync(inFolder(name), JSON.stringify({ ...(JSON.parse(config) as object), ...changes }), { mode: 0o600 })
    return inFolder(name)
  }
  const serve = (configFile: string): Promise<ServiceProcess> =>
    startServiceProcess({
      command: [program],
      args: ['serve'],
      configFile,
      settings: { PATH: path, HYPERFLEET_SERVER_DOCS: 'true' },
      log,
      compileCache: inFolder('compiled'),
    })
  const run = async (args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) => {
    const child = spawn(program, [...args], {
      cwd: '/',
      env: { PATH: path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'close')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [code] = (await ended) as [number]
    return { code, stdout, stderr }
  }
  const onDatabase = (...args: ReadonlyArray<string>) => run(args, { HYPERFLEET_CONFIG: inFolder('config.yaml') })
  interface Asked {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  }
  const ask = (url: string, { headers = {}, ...options }: Asked = {}): Promise<Response> =>
    fetch(url, { ...options, headers: { authorization: `Bearer ${stage.folder.callerToken}`, ...headers } })

  before(async () => {
    stage = await openStage({ times })
    closings.push(() => stage.close())
    program = join(await makeImage(stage.folder.path), 'bin/pull-secret')
    log = createWriteStream(inFolder('bundle.log'))
    closings.push(() => once(log.end(), 'close'))
    configure('config.yaml')
    const migrated = await onDatabase('migrate')
    expect(migrated.code, migrated.stderr).to.equal(0)
    service = await serve(inFolder('config.yaml'))
    closings.push(() => service.kill())
  })
  after(async () => {
    for (const close of closings.splice(0).reverse()) await close()
  })

  it('has applied every migration', async () => {
    expect((await onDatabase('migrate', '--dry-run')).stdout).to.include('up to date')
  })

  it('generates, reads and verifies a pull secret', async () => {
    const url = `${service.url}${pullSecretPath(clusterId)}`
    const generated = await ask(url, { method: 'POST' })
    expect(generated.status).to.equal(200)
    const { dockerconfigjson, fingerprint } = parsePullSecretAnswer(await generated.text())
    const read = await ask(url)
    expect(parsePullSecretAnswer(await read.text()).dockerconfigjson).to.equal(dockerconfigjson)
    expect((await ask(url, { headers: { 'if-none-match': read.headers.get('etag') ?? '' } })).status).to.equal(304)
    const verified = await ask(`${url}/verification`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fingerprint }),
    })
    expect(verified.status).to.equal(200)
  })

  it('serves metrics, the description of the API and its pages', async () => {
    const metrics = await (await ask(`${service.metricsUrl}/metrics`)).text()
    expect(metrics).to.include('hyperfleet_pull_secret_service_credential_operations_total')
    const description = (await (await ask(`${service.url}/v1/openapi.json`)).json()) as { readonly openapi: string }
    expect(description.openapi).to.match(/^3\.1/)
    for (const name of ['docs', 'docs/swagger-ui-bundle.js', 'docs/swagger-ui.css'])
      expect((await ask(`${service.url}/v1/${name}`)).status, name).to.equal(200)
  })

  it('answers in problems', async () => {
    const answer = await fetch(`${service.url}${pullSecretPath(clusterId)}`)
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([401, 'application/problem+json'])
  })

  it('is the command of operators, at a server and on the database', async () => {
    const tokenFile = inFolder('caller.token')
    writeFileSync(tokenFile, stage.folder.callerToken, { mode: 0o600 })
    const atServer = { HYPERFLEET_PULL_SECRET_SERVER: service.url, HYPERFLEET_PULL_SECRET_TOKEN_FILE: tokenFile }
    for (const args of [
      ['get', clusterId],
      ['clusters', 'list'],
      ['registries', 'list', '-o', 'yaml'],
      ['stuck'],
      ['replicas'],
      ['audit', 'list'],
    ]) {
      const [there, here] = [await run(args, atServer), await onDatabase(...args)]
      expect([there.code, here.code, there.stderr], `${args.join(' ')}: ${here.stderr}`).to.deep.equal([0, 0, ''])
    }
  })

  it('hashes tokens on a thread of its own', async () => {
    const job = await onDatabase('jobs', 'run', 'recovery')
    expect(job.code, job.stderr).to.equal(0)
    const [, ours = ''] = readFileSync(stage.folder.htpasswdFile, 'utf8').trim().split('\n')
    expect(ours).to.match(/^[^:]+:\$2b\$/)
  })

  it('makes keys and tokens', async () => {
    expect((await run(['keys', 'new', '--file', inFolder('new-ring.json')])).code).to.equal(0)
    expect(
      (await run(['tokens', 'new', '--file', inFolder('new.token'), '--subject', 'a', '--permission', '*'])).code,
    ).to.equal(0)
  })

  it('asks a Kubernetes API server that a kubeconfig names', async () => {
    const { server: tls, callerToken } = stage.folder
    const username = 'system:serviceaccount:hyperfleet-system:gcp-adapter'
    const kubernetes = await startKubernetesSimulator({
      accounts: [{ token: callerToken, username }],
      rules: [{ user: username, apiGroups: ['hyperfleet.io'], resources: ['clusters/pull-secrets'], verbs: ['get'] }],
      reviewerTokens: ['of-the-service'],
      tls,
    })
    closings.push(() => kubernetes.close())
    const kubeconfig = {
      clusters: [
        { name: 'here', cluster: { server: kubernetes.url, 'certificate-authority': inFolder('authority.pem') } },
      ],
      users: [{ name: 'service', user: { token: 'of-the-service' } }],
      contexts: [{ name: 'it', context: { cluster: 'here', user: 'service' } }],
      'current-context': 'it',
    }
    writeFileSync(inFolder('kubeconfig'), JSON.stringify(kubeconfig), { mode: 0o600 })
    const access = { type: 'kubernetes', kubernetes: { kubeconfig_file: inFolder('kubeconfig') } }
    const guarded = await serve(configure('kubernetes.yaml', { access, rate_limits: {} }))
    closings.push(() => guarded.kill())
    const url = `${guarded.url}${pullSecretPath(clusterId)}`
    expect((await ask(url)).status).to.equal(200)
    expect((await ask(url, { method: 'DELETE' })).status).to.equal(403)
  })

  it('sends traces, down to statements and vendors', async () => {
    const receiver = await startTraceReceiver()
    closings.push(() => receiver.close())
    const traced = await serve(configure('traced.yaml', { telemetry: { traces: { endpoint: receiver.url } } }))
    closings.push(() => traced.kill())
    expect((await ask(`${traced.url}${pullSecretPath('cls-bundle2')}`, { method: 'POST' })).status).to.equal(200)
    expect((await ask(`${traced.url}${pullSecretPath('cls-bundle2')}`, { method: 'DELETE' })).status).to.be.below(300)
    expect(await traced.stop()).to.equal(0)
    const names = ['pull-secret-service.generate', 'registry.create', 'cluster-for-decision', 'PUT', 'DELETE']
    expect(receiver.spans().map(({ name }) => name)).to.include.members(names)
  })

  it('revokes every credential', async () => {
    const deleted = await ask(`${service.url}${pullSecretPath(clusterId)}`, { method: 'DELETE' })
    expect([202, 204]).to.include(deleted.status)
    expect(stage.quay.robots()).to.deep.equal([])
  })

  it('ends with 0', async () => {
    expect(await service.stop()).to.equal(0)
  })
})
