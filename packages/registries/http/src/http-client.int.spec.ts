import { inspect } from 'node:util'
import { secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import type { HttpClient } from './http-client.ts'
import type { HttpRequest } from './http-message.ts'
import { useHttpWorld } from './testing/http-world.ts'
import { answer } from './testing/scripted-server.ts'

describe('the HTTP client of registries', () => {
  const world = useHttpWorld()
  const canary = 'canary-secret'
  const authorization = { scheme: 'Bearer', token: secretText(canary) } as const
  const put = (http: HttpClient, url: string, more: Partial<HttpRequest> = {}) =>
    http.send({ method: 'PUT', url, terms: until(world.soon()), ...more })
  const get = (http: HttpClient, url: string, more: Partial<HttpRequest> = {}) =>
    http.read({ method: 'GET', url, terms: until(world.soon()), ...more })

  it('sends JSON under its own name and gives back status, headers and body', async () => {
    const server = await world.serve(answer(201, { made: true }, { 'x-seen': 'yes' }))
    const result = await put(world.open(), `${server.url}/one`, { body: { name: 'one' }, authorization })
    expect(result).to.deep.include({ kind: 'answered', status: 201, body: '{"made":true}' })
    expect(server.calls[0]).to.include({ method: 'PUT', path: '/one', body: '{"name":"one"}' })
    expect(server.calls[0]?.headers).to.include({
      'user-agent': 'hyperfleet-pull-secret-service',
      'content-type': 'application/json',
      authorization: `Bearer ${canary}`,
    })
  })

  it('sends Basic logins as UTF-8', async () => {
    const server = await world.serve(answer(200, {}))
    await get(world.open(), server.url, {
      authorization: { scheme: 'Basic', username: '|näme', password: secretText('p:w') },
    })
    expect(server.calls[0]?.headers.authorization).to.equal(`Basic ${Buffer.from('|näme:p:w').toString('base64')}`)
  })

  it('sends nothing once the deadline has passed', async () => {
    const server = await world.serve(answer(200, {}))
    expect(await put(world.open(), server.url, { terms: until(world.clock.monotonic()) })).to.deep.equal({
      kind: 'not_sent',
      problem: 'deadline_passed',
    })
    expect(server.calls).to.deep.equal([])
  })

  it('waits no longer than the deadline for an answer, and knows nothing then', async () => {
    const server = await world.serve((call, response, request) => {
      const late = setTimeout(() => {
        answer(200, {})(call, response, request)
      }, 2_000)
      response.on('close', () => {
        clearTimeout(late)
      })
    })
    expect(await put(world.open(), server.url, { terms: until(world.clock.monotonic() + 60) })).to.deep.equal({
      kind: 'unknown',
      problem: 'timeout',
    })
    expect(server.calls).to.have.length(1)
  })

  it('waits no longer than one call may take', async () => {
    const server = await world.serve(() => undefined)
    expect(await put(world.open({ callSeconds: 0.06 }), server.url)).to.deep.equal({
      kind: 'unknown',
      problem: 'timeout',
    })
  })

  it('gives up on a body that never ends', async () => {
    const server = await world.serve((_call, response) => void response.writeHead(200).write('{'))
    expect(await put(world.open({ callSeconds: 0.06 }), server.url)).to.deep.equal({
      kind: 'unknown',
      problem: 'timeout',
    })
  })

  it('knows nothing when the connection is lost after the request', async () => {
    const server = await world.serve((_call, _response, request) => request.socket.destroy())
    expect(await put(world.open(), server.url)).to.deep.equal({ kind: 'unknown', problem: 'connection_lost' })
    expect(server.calls).to.have.length(1)
  })

  it('knows nothing when the connection is lost within the answer', async () => {
    const server = await world.serve((_call, response) => {
      response.writeHead(201, { 'content-length': '100' }).write('{"token":', () => response.destroy())
    })
    expect(await put(world.open(), server.url)).to.deep.equal({ kind: 'unknown', problem: 'connection_lost' })
  })

  it('knows that nothing was sent when nobody listens', async () => {
    const server = await world.serve(answer(200, {}))
    await server.close()
    expect(await put(world.open(), server.url)).to.deep.equal({ kind: 'not_sent', problem: 'unreachable' })
  })

  it('sends nothing in clear text beyond this machine, unless that is asked for', async () => {
    for (const url of ['http://registry.invalid/', 'http://127.evil.invalid/']) {
      expect(await put(world.open(), url)).to.deep.equal({ kind: 'not_sent', problem: 'request_refused' })
      expect(await put(world.open({ insecureHttp: true }), url)).to.deep.equal({
        kind: 'not_sent',
        problem: 'unreachable',
      })
    }
  })

  it('knows that nothing was sent when the name has no address', async () => {
    expect(await put(world.open(), 'https://registry.invalid/')).to.deep.equal({
      kind: 'not_sent',
      problem: 'unreachable',
    })
  })

  it('knows that nothing was sent when a token cannot stand in a header', async () => {
    const server = await world.serve(answer(200, {}))
    const result = await put(world.open(), server.url, {
      authorization: { scheme: 'Bearer', token: secretText(`${canary}\nx`) },
    })
    expect(result).to.deep.equal({ kind: 'not_sent', problem: 'request_refused' })
    expect(server.calls).to.deep.equal([])
  })

  it('reads an answer of the allowed length and none that is longer', async () => {
    const server = await world.serve(answer(200, 'x'.repeat(1000)))
    expect(await get(world.open(), server.url, { maximumBytes: 1000 })).to.include({ kind: 'answered' })
    expect(await get(world.open(), server.url, { maximumBytes: 999 })).to.deep.equal({
      kind: 'unknown',
      problem: 'unreadable_answer',
    })
  })

  it('follows no redirect, so that a login stays where it was sent', async () => {
    const elsewhere = await world.serve(answer(200, {}))
    const server = await world.serve(answer(307, '', { location: elsewhere.url }))
    expect(await get(world.open(), server.url, { authorization })).to.include({ status: 307 })
    expect(elsewhere.calls).to.deep.equal([])
  })

  for (const [what, script] of Object.entries({
    'a lost connection': (_call, _response, request) => request.socket.destroy(),
    'a server error': answer(503, 'busy'),
  } satisfies Record<string, Parameters<typeof world.serve>[0]>)) {
    it(`repeats a read once after ${what}`, async () => {
      const server = await world.serve((call, response, request) =>
        (server.calls.length === 1 ? script : answer(200, {}))(call, response, request),
      )
      expect(await get(world.open(), server.url)).to.include({ kind: 'answered', status: 200 })
      expect(server.calls).to.have.length(2)
    })

    it(`never repeats a change after ${what}`, async () => {
      const server = await world.serve(script)
      await put(world.open(), server.url)
      expect(server.calls).to.have.length(1)
    })
  }

  it('repeats a read no second time, and not when the vendor asks to wait', async () => {
    const failing = await world.serve(answer(500, ''))
    const waiting = await world.serve(answer(503, '', { 'retry-after': '7' }))
    const http = world.open()
    await get(http, failing.url)
    await get(http, waiting.url)
    expect([failing.calls.length, waiting.calls.length]).to.deep.equal([2, 1])
  })

  it('keeps the first answer of a read when there is no time for a second', async () => {
    const server = await world.serve(answer(500, ''))
    const late = { ...world.clock, monotonic: () => server.calls.length * 1000 }
    expect(await get(world.open({ clock: late }), server.url, { terms: until(900) })).to.include({
      kind: 'answered',
      status: 500,
    })
    expect(server.calls).to.have.length(1)
  })

  it('shows no secret in any result but an answer', async () => {
    const lost = await world.serve((_call, _response, request) => request.socket.destroy())
    const silent = await world.serve(() => undefined)
    const results = [
      await put(world.open(), lost.url, { authorization }),
      await put(world.open({ callSeconds: 0.06 }), silent.url, { authorization }),
      await put(world.open(), lost.url, { authorization: { scheme: 'Bearer', token: secretText(`${canary}\n`) } }),
    ]
    expect(results.map(({ kind }) => kind)).to.deep.equal(['unknown', 'unknown', 'not_sent'])
    expect(inspect([results, world.warnings], { depth: 9 })).not.to.include(canary)
  })
})
