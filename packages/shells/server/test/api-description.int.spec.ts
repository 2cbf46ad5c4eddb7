// Here and not beside a source file because it plays the whole server.
import { expect } from 'chai'
import { parse } from 'yaml'
import type { RunningServer } from '../src/index.ts'
import { startService } from './a-service.ts'
import { ask } from './ask.ts'
import { undescribed } from './described-answers.ts'

describe('the description of the API', () => {
  let server: RunningServer
  before(async () => {
    server = await startService({ publicUrl: 'https://api.example.com/pull-secrets' })
  })
  after(() => server.stop())

  const read = (path: string, headers = {}) => ask(server.url, path, { token: null, headers })

  it('is served to everybody, as JSON and as YAML', async () => {
    const json = await read('/v1/openapi.json')
    expect([json.status, json.headers['content-type']]).to.deep.equal([200, 'application/json; charset=utf-8'])
    expect(json.json).to.deep.include({ openapi: '3.1.0' }).and.to.have.nested.property('paths./healthz')
    const yaml = await read('/api/hyperfleet/v1/openapi.yaml')
    expect([yaml.status, yaml.headers['content-type']]).to.deep.equal([200, 'application/yaml'])
    expect(parse(yaml.text)).to.deep.equal(json.json)
  })

  it('is sent again only when it has changed', async () => {
    for (const path of ['/v1/openapi.json', '/v1/openapi.yaml']) {
      const { headers } = await read(path)
      expect(headers['cache-control']).to.equal('no-cache')
      const again = await read(path, { 'If-None-Match': headers.etag })
      expect([again.status, again.text]).to.deep.equal([304, ''])
    }
  })

  it('names the gateway of the deployment, and its pages of errors', async () => {
    const { json } = await read('/v1/openapi.json')
    expect(json).to.have.nested.property('servers[0].url', 'https://api.example.com/pull-secrets')
    expect(json)
      .to.have.nested.property('components.examples.forbidden.value.type')
      .that.equals('https://docs.example/errors/forbidden')
  })
})

describe('an answer', () => {
  const problem = { type: 'https://docs.example/errors/not-found', title: 'Not Found', status: 404, detail: 'none' }
  const whole = {
    ...problem,
    instance: '/',
    timestamp: '2026-02-08T10:00:00Z',
    trace_id: 'one',
    code: 'HYPERFLEET-NTF-001',
    errors: [],
    error: { code: 'NOT_FOUND', message: 'none', details: {} },
  }
  const answered = (change: object) => ({
    port: 'api' as const,
    method: 'GET',
    path: '/v1/registries?check=true',
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    text: '{"registries":[]}',
    ...change,
  })
  const asProblem = { status: 404, headers: { 'content-type': 'application/problem+json' } }
  const pullSecret = '/v1/clusters/cls-abc123/pull-secrets'

  it('that the description allows for is let through', () => {
    expect(undescribed(answered({}))).to.equal(undefined)
    expect(undescribed(answered({ ...asProblem, path: pullSecret, text: JSON.stringify(whole) }))).to.equal(undefined)
  })

  for (const [what, change, fault] of [
    ['of an undescribed status', { status: 201 }, 'answered 201'],
    ['of another media type', { headers: { 'content-type': 'text/html' } }, 'has the media type text/html'],
    ['without a body', { status: 304, text: 'x' }, 'answered 304'],
    ['with a field too many', { text: '{"registries":[],"total":0}' }, 'must NOT have additional properties'],
    ['with a field too few', { text: '{}' }, "must have required property 'registries'"],
    ['with an undescribed header', { headers: { ...answered({}).headers, etag: 'x' } }, 'has the header etag'],
    [
      'with an undescribed kind of problem',
      { ...asProblem, status: 403, text: JSON.stringify(whole) },
      'kind not-found',
    ],
    ['with half a problem', { ...asProblem, path: pullSecret, text: JSON.stringify(problem) }, 'must have required'],
  ] as const) {
    it(`that the description does not allow for is told from it: ${what}`, () => {
      expect(undescribed(answered(change))).to.include(fault)
    })
  }
})
