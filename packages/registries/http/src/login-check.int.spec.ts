import { secretText, type Validation } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { type LoginCheckDeps, makeLoginCheck } from './login-check.ts'
import { useHttpWorld } from './testing/http-world.ts'
import { answer, type Script } from './testing/scripted-server.ts'

describe('the login check', () => {
  const world = useHttpWorld()
  const basic = `Basic ${Buffer.from('robot:right').toString('base64')}`

  const check = (registryUrl: string, token = 'right', deps: Partial<LoginCheckDeps> = {}): Promise<Validation> =>
    makeLoginCheck({ http: world.open({ callSeconds: 1 }), clock: world.clock, registryUrl, ...deps })({
      username: 'robot',
      token: secretText(token),
      terms: until(world.soon()),
    })()

  /** A registry whose token server is at `/auth` and accepts one login. */
  const bearerRegistry =
    (challenge = 'Bearer realm="/auth",service="here"', accepted: Script = answer(200, { token: 'jwt' })): Script =>
    (call, ...rest) => {
      if (call.path === '/v2/') answer(401, {}, { 'www-authenticate': challenge })(call, ...rest)
      else (call.headers.authorization === basic ? accepted : answer(401, { errors: [] }))(call, ...rest)
    }

  it('is valid when the token server gives a token', async () => {
    const server = await world.serve(bearerRegistry())
    expect(await check(server.url)).to.deep.equal({ kind: 'valid' })
    expect(server.calls.map(({ path, headers }) => [path, headers.authorization])).to.deep.equal([
      ['/v2/', undefined],
      ['/auth?service=here&account=robot&client_id=hyperfleet-pull-secret-service', basic],
    ])
  })

  it('asks with a scope where the vendor wants one, and takes access_token as well', async () => {
    const server = await world.serve(bearerRegistry('Bearer realm="/auth?x=1"', answer(200, { access_token: 'jwt' })))
    expect(await check(server.url, 'right', { scope: 'repository:rhel:pull' })).to.deep.equal({ kind: 'valid' })
    expect(server.calls[1]?.path).to.equal(
      '/auth?x=1&account=robot&client_id=hyperfleet-pull-secret-service&scope=repository%3Arhel%3Apull',
    )
  })

  it('is invalid when the token server answers 401, asked once', async () => {
    const server = await world.serve(bearerRegistry())
    expect(await check(server.url, 'wrong')).to.deep.equal({ kind: 'invalid' })
    expect(server.calls).to.have.length(2)
  })

  it('logs in with Basic where that is asked, in any case', async () => {
    const server = await world.serve((call, ...rest) =>
      (call.headers.authorization === basic
        ? answer(200, {})
        : answer(401, 'Not Authorized', { 'www-authenticate': 'BASIC realm="Sonatype"' }))(call, ...rest),
    )
    expect(await check(server.url)).to.deep.equal({ kind: 'valid' })
    expect(await check(server.url, 'wrong')).to.deep.equal({ kind: 'invalid' })
  })

  it('prefers the token server among several challenges', async () => {
    const server = await world.serve((call, ...rest) =>
      (call.path === '/v2/'
        ? answer(401, {}, { 'www-authenticate': ['Basic realm="x"', 'Bearer realm="/auth"'] })
        : answer(200, { token: 'jwt' }))(call, ...rest),
    )
    expect(await check(server.url)).to.deep.equal({ kind: 'valid' })
    expect(server.calls[1]?.path).to.match(/^\/auth/)
  })

  it('says nothing about a registry that asks for no login', async () => {
    const server = await world.serve(answer(200, {}))
    expect(await check(server.url)).to.deep.equal({ kind: 'indeterminate' })
  })

  it('sends no login to a host it was not told of', async () => {
    const stranger = await world.serve(answer(200, { token: 'jwt' }))
    const server = await world.serve(bearerRegistry(`Bearer realm="${stranger.url}/auth"`))
    expect(await check(server.url)).to.deep.equal({ kind: 'indeterminate', problem: 'unreadable_answer' })
    expect(stranger.calls).to.deep.equal([])
    expect(await check(server.url, 'right', { realmHosts: [new URL(stranger.url).host] })).to.deep.equal({
      kind: 'valid',
    })
  })

  it('sends no login where a redirect leads', async () => {
    const stranger = await world.serve(answer(200, { token: 'jwt' }))
    const server = await world.serve(bearerRegistry(undefined, answer(302, '', { location: stranger.url })))
    expect(await check(server.url)).to.deep.equal({ kind: 'indeterminate', problem: 'unreadable_answer' })
    expect(stranger.calls).to.deep.equal([])
  })

  const unclear: ReadonlyArray<readonly [string, Script, string]> = [
    ['a limit', answer(429, ''), 'throttled'],
    ['a server error', answer(500, ''), 'server_error'],
    ['a wrong port', answer(404, {}), 'request_refused'],
    [
      'a challenge without a scheme it knows',
      answer(401, '', { 'www-authenticate': 'Negotiate' }),
      'unreadable_answer',
    ],
    ['a 401 without a challenge', answer(401, ''), 'unreadable_answer'],
    ['a lost connection', (_call, _response, request) => request.socket.destroy(), 'connection_lost'],
    ['a limit at the token server', bearerRegistry(undefined, answer(429, '')), 'throttled'],
    ['a denial at the token server', bearerRegistry(undefined, answer(403, {})), 'administrator_refused'],
    ['a page at the token server', bearerRegistry(undefined, answer(200, '<html></html>')), 'unreadable_answer'],
    ['an empty token', bearerRegistry(undefined, answer(200, { token: '' })), 'unreadable_answer'],
    ['a silent token server', bearerRegistry(undefined, () => undefined), 'timeout'],
  ]
  for (const [what, script, problem] of unclear) {
    it(`is indeterminate after ${what}`, async () => {
      const server = await world.serve(script)
      expect(await check(server.url)).to.deep.equal({ kind: 'indeterminate', problem })
    })
  }
})
