// Here and not beside a source file because it plays the whole server, from its configuration to its end.
import { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from '@pull-secret/registry-simulators/traces'
import { expect } from 'chai'
import { aDeployment, administratorToken, type Deployment } from './a-deployment.ts'
import { operatorToken } from './a-server.ts'
import { ask } from './ask.ts'

const clusterId = 'cls-abc123'
const path = `/v1/clusters/${clusterId}/pull-secrets`
const traceId = '0af7651916cd43dd8448eb211c80319c'
const callersSpan = 'b7ad6b7169203331'
const sampled = { traceparent: `00-${traceId}-${callersSpan}-01` }

describe('the traces of a server, on PostgreSQL and simulated vendors', () => {
  let deployment: Deployment
  let receiver: TraceReceiver
  beforeEach(async () => {
    deployment = await aDeployment()
    await deployment.migrate()
    receiver = await startTraceReceiver()
  })
  afterEach(async () => {
    await receiver.close()
    await deployment.close()
  })

  const tracing = (more: Readonly<Record<string, string>> = {}) =>
    deployment.run({
      HYPERFLEET_TELEMETRY_TRACES_ENDPOINT: receiver.url,
      HYPERFLEET_JOBS_RECOVERY_INTERVAL_SECONDS: '0',
      ...more,
    })

  /** From the outermost cause to the span itself. */
  const causesOf = (span: ReceivedSpan): ReadonlyArray<string> => {
    const parent = receiver.spans().find(({ spanId }) => spanId === span.parentSpanId)
    return [...(parent === undefined ? [] : causesOf(parent)), span.name]
  }
  const called = (name: string, registry?: string): ReadonlyArray<ReceivedSpan> =>
    receiver
      .spans()
      .filter((span) => span.name === name)
      .filter(({ attributes }) => registry === undefined || attributes['hyperfleet.registry'] === registry)

  it('show in one trace what a request caused, down to statements and vendors, without a secret', async () => {
    const { server, exitCode, signal } = await tracing()
    const { url = '' } = server ?? {}
    const generated = await ask(url, path, {
      method: 'POST',
      json: { cloud_provider: 'gcp', region: 'us-east1' },
      headers: sampled,
    })
    expect(generated.status).to.equal(200)
    signal('SIGTERM')
    expect(await exitCode).to.equal(0)

    const spans = receiver.spans()
    expect(new Set(spans.map((span) => span.traceId))).to.deep.equal(new Set([traceId]))
    const request = 'POST /v1/clusters/{cluster_id}/pull-secrets'
    const [root, ...others] = spans.filter(({ parentSpanId }) => parentSpanId === callersSpan)
    expect([root?.name, root?.kind, others]).to.deep.equal([request, 2, []])
    expect(root?.attributes).to.include({
      'http.request.method': 'POST',
      'http.route': '/v1/clusters/{cluster_id}/pull-secrets',
      'url.path': path,
      'http.response.status_code': 200,
      'hyperfleet.cluster_id': clusterId,
    })

    const useCase = 'pull-secret-service.generate'
    expect(called(useCase).map(({ attributes }) => attributes)).to.deep.equal([{ 'hyperfleet.cluster_id': clusterId }])
    const [statement] = called('cluster-for-decision')
    if (statement === undefined) throw new Error('no statement has a span')
    expect(causesOf(statement)).to.deep.equal([request, useCase, 'cluster-for-decision'])
    expect([statement.kind, statement.attributes]).to.deep.equal([
      3,
      {
        'db.system.name': 'postgresql',
        'db.query.summary': 'cluster-for-decision',
        'db.namespace': new URL(deployment.databaseUrl).pathname.slice(1),
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(deployment.databaseUrl).port),
      },
    ])
    for (const registry of ['quay', 'rhit']) {
      const [call] = called('registry.create', registry)
      expect(call?.attributes, registry).to.include({ 'hyperfleet.outcome': 'created' })
      const [put] = spans.filter(
        ({ parentSpanId, attributes }) => parentSpanId === call?.spanId && 'http.request.method' in attributes,
      )
      if (put === undefined) throw new Error(`no request to ${registry} has a span`)
      expect(causesOf(put)).to.deep.equal([request, useCase, 'registry.create', put.name])
      const port = new URL(deployment[registry as 'quay' | 'rhit'].url).port
      expect(put.attributes).to.include({ 'server.port': Number(port), 'http.request.method': put.name })
      expect(put.attributes['http.response.status_code']).to.be.within(200, 201)
    }

    expect(spans.filter(({ isError }) => isError)).to.deep.equal([])
    expect(spans.filter(({ name }) => name.includes(clusterId) || name.includes('hyperfleet'))).to.deep.equal([])
    const { auths } = JSON.parse(String(generated.json['dockerconfigjson'])) as {
      readonly auths: Readonly<Record<string, { readonly auth: string }>>
    }
    const logins = Object.values(auths).map(({ auth }) => Buffer.from(auth, 'base64').toString())
    const passwords = logins.map((login) => login.slice(login.indexOf(':') + 1))
    const names = logins.map((login) => login.slice(0, login.indexOf(':')))
    for (const secret of [administratorToken, operatorToken, ...passwords, ...names, ...Object.values(auths)])
      expect(receiver.received()).not.to.include(typeof secret === 'string' ? secret : secret.auth)
  })

  it('have the ids that problems have, keep what callers keep, and leave out probes', async () => {
    const { server, exitCode, signal } = await tracing()
    const { url = '', metricsUrl = '' } = server ?? {}
    await ask(url, path, { headers: { traceparent: `00-${'a'.repeat(32)}-${callersSpan}-00` } })
    await ask(url, '/readyz', { token: null })
    await ask(metricsUrl, '/metrics', { port: 'metrics', token: null })
    const missing = await ask(url, path)
    const refused = await ask(url, '/v1/stuck/canary', { token: 'canary-token' })
    expect([missing.status, refused.status]).to.deep.equal([404, 404])
    signal('SIGTERM')
    await exitCode

    const roots = receiver.spans().filter(({ kind }) => kind === 2)
    expect(roots.map(({ name, traceId: id, isError }) => [name, id, isError])).to.deep.equal([
      ['GET /v1/clusters/{cluster_id}/pull-secrets', missing.json['trace_id'], false],
      ['GET', refused.json['trace_id'], false],
    ])
    expect(roots.map(({ parentSpanId = '' }) => parentSpanId)).to.deep.equal(['', ''])
    const logged = roots.map(({ traceId: id, spanId }) => `"trace_id":"${id}","span_id":"${spanId}"`)
    for (const fields of logged) expect(deployment.logged()).to.include(fields)
    expect(roots[0]?.attributes).to.include({
      'http.response.status_code': 404,
      'hyperfleet.error_code': missing.json['code'],
    })
    expect(called('pull-secret-service.retrieve').map(({ attributes }) => attributes)).to.deep.equal([
      { 'hyperfleet.cluster_id': clusterId, 'hyperfleet.error_code': 'PULL_SECRET_NOT_FOUND' },
    ])
    expect(receiver.received()).not.to.include('canary-token')
  })

  it('say by codes what a vendor failed with', async () => {
    const { server, exitCode, signal } = await tracing()
    const fault = { kind: 'status', status: 500, body: 'json' } as const
    deployment.quay.faults.add({ operation: 'createRobot', fault, times: 100 })
    expect((await ask(server?.url ?? '', path, { method: 'POST', json: {} })).status).to.equal(503)
    signal('SIGTERM')
    await exitCode
    const failures = receiver
      .spans()
      .filter(({ isError }) => isError)
      .map((span) => [causesOf(span).at(-1), span.attributes['error.type']])
    expect(failures).to.deep.include.members([
      ['PUT', '500'],
      ['registry.create', 'server_error'],
      ['POST /v1/clusters/{cluster_id}/pull-secrets', 'HYPERFLEET-SVC-001'],
    ])
  })

  it('begin with a job that nobody asked for', async () => {
    const { exitCode, signal } = await tracing({ HYPERFLEET_JOBS_RECOVERY_INTERVAL_SECONDS: '600' })
    signal('SIGTERM')
    await exitCode
    const [job] = called('pull-secret-service.recover')
    expect([job?.parentSpanId ?? '', job?.kind]).to.deep.equal(['', 1])
    expect(called('commit').map((span) => causesOf(span)[0])).to.include('pull-secret-service.recover')
  })

  it('are missed by nobody but one line of the log where their receiver fails', async () => {
    receiver.answerWith(400)
    const { server, exitCode, signal } = await tracing()
    const { url = '' } = server ?? {}
    const asked = [await ask(url, path), await ask(url, path)]
    expect(asked.map(({ status }) => status)).to.deep.equal([404, 404])
    signal('SIGTERM')
    expect(await exitCode).to.equal(0)
    const lines = deployment
      .logged()
      .split('\n')
      .filter((line) => line.includes('spans could not be sent'))
    expect(lines.map((line) => (JSON.parse(line) as Readonly<Record<string, unknown>>)['error_code'])).to.deep.equal([
      '400',
    ])
  })

  it('keep no stop waiting for a receiver that does not answer', async () => {
    receiver.answerWith(undefined)
    const { server, exitCode, signal } = await tracing()
    expect((await ask(server?.url ?? '', path)).status).to.equal(404)
    signal('SIGTERM')
    expect(await exitCode).to.equal(0)
  })

  it('are not begun with headers that cannot be read', async () => {
    const headersFile = deployment.tokensFile
    const { server, exitCode, faults } = await tracing({
      HYPERFLEET_TELEMETRY_TRACES_ENDPOINT: 'https://traces.example',
      HYPERFLEET_TELEMETRY_TRACES_HEADERS_FILE: headersFile,
    })
    expect([server, await exitCode, faults]).to.deep.equal([
      undefined,
      1,
      [`telemetry.traces.headers_file: ${headersFile}: every line must read NAME: VALUE`],
    ])
  })
})
