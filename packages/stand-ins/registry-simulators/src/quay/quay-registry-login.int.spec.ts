import { expect } from 'chai'
import { basic, call } from '../testing/call.ts'
import { organization, useQuay } from '../testing/quay-world.ts'

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    access: unknown
    iat: number
    exp: number
  }

describe('Quay simulator: docker login', () => {
  const quay = useQuay({ reportsUse: true })
  let token: string

  beforeEach(async () => {
    token = (await quay.ask('PUT', '/robots/one')).json.token
  })

  const logIn = (password: string, query = '', username = `${organization}+one`) =>
    call(`${quay.simulator.url}/v2/auth?service=quay${query}`, { headers: basic(username, password) })
  const scope = (repository: string) => `&scope=repository:${repository}:pull`
  const manifest = (repository: string, bearer: string) =>
    call(`${quay.simulator.url}/v2/${repository}/manifests/latest`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${bearer}` },
    })
  const joinTeam = async () => {
    await quay.ask('PUT', '/team/readers', { body: { role: 'member' } })
    await quay.ask('PUT', `/team/readers/members/${organization}%2Bone`)
  }

  it('challenges with its own token endpoint and host', async () => {
    const { status, headers } = await call(`${quay.simulator.url}/v2/`)
    expect(status).to.equal(401)
    expect(headers['www-authenticate']).to.equal(
      `Bearer realm="${quay.simulator.url}/v2/auth",service="127.0.0.1:${quay.simulator.port}"`,
    )
  })

  it('gives a right login a token that opens /v2/', async () => {
    const { status, json } = await logIn(token)
    expect(status).to.equal(200)
    expect(Object.keys(json)).to.deep.equal(['token'])
    const ping = await call(`${quay.simulator.url}/v2/`, { headers: { authorization: `Bearer ${json.token}` } })
    expect(ping.status).to.equal(200)
  })

  it('refuses a wrong password, an unknown robot, another organization and no login at all', async () => {
    const refused = await Promise.all([
      logIn('wrong'),
      logIn(token, '', `${organization}+two`),
      logIn(token, '', 'other+one'),
      call(`${quay.simulator.url}/v2/auth?service=quay`),
    ])
    expect(refused.map(({ status }) => status)).to.deep.equal([401, 401, 401, 401])
    expect(refused[0].json.errors[0]?.code).to.equal('UNAUTHORIZED')
  })

  it('refuses the token of a deleted robot and the old one of a regenerated one', async () => {
    await quay.ask('POST', '/robots/one/regenerate')
    expect((await logIn(token)).status).to.equal(401)
    const renewed = (await quay.ask('GET', '/robots/one')).json.token
    await quay.ask('DELETE', '/robots/one')
    expect((await logIn(renewed)).status).to.equal(401)
  })

  it('gives a robot outside every team a token that pulls nothing', async () => {
    const { status, json } = await logIn(token, scope(`${organization}/app`))
    expect(status).to.equal(200)
    expect(claimsOf(json.token).access).to.deep.equal([
      { type: 'repository', name: `${organization}/app`, actions: [] },
    ])
    expect((await manifest(`${organization}/app`, json.token)).status).to.equal(401)
  })

  it('lets a robot in a team pull the organization, and it alone', async () => {
    await joinTeam()
    const ours = (await logIn(token, scope(`${organization}/app`))).json.token
    const theirs = (await logIn(token, scope('other/app'))).json.token
    expect((await manifest(`${organization}/app`, ours)).status).to.equal(404)
    expect((await manifest('other/app', theirs)).status).to.equal(401)
  })

  it('keeps a registry token alive after its robot is deleted', async () => {
    const { json } = await logIn(token)
    await quay.ask('DELETE', '/robots/one')
    const ping = await call(`${quay.simulator.url}/v2/`, { headers: { authorization: `Bearer ${json.token}` } })
    expect(ping.status).to.equal(200)
    expect(claimsOf(json.token).exp - claimsOf(json.token).iat).to.equal(3600)
  })

  it('moves last_accessed with a right login and not with a wrong one', async () => {
    await logIn('wrong')
    expect((await quay.ask('GET', '/robots/one')).json.last_accessed).to.equal(null)
    await logIn(token)
    expect((await quay.ask('GET', '/robots/one')).json.last_accessed).to.be.a('string')
  })
})

describe('Quay simulator: docker login by options', () => {
  const quay = useQuay({ serviceHost: 'quay.example.com', registryTokenLifetimeSeconds: 0 })

  it('names the service it was told', async () => {
    expect((await call(`${quay.simulator.url}/v2/`)).headers['www-authenticate']).to.match(
      /service="quay\.example\.com"/,
    )
  })

  it('refuses a registry token past its lifetime', async () => {
    const robot = (await quay.ask('PUT', '/robots/one')).json.token
    const login = await call(`${quay.simulator.url}/v2/auth`, { headers: basic(`${organization}+one`, robot) })
    const ping = await call(`${quay.simulator.url}/v2/`, { headers: { authorization: `Bearer ${login.json.token}` } })
    expect(ping.status).to.equal(401)
  })

  it('says nothing of use where the server does not report it', async () => {
    const robot = (await quay.ask('PUT', '/robots/one')).json.token
    await call(`${quay.simulator.url}/v2/auth`, { headers: basic(`${organization}+one`, robot) })
    expect((await quay.ask('GET', '/robots/one')).json.last_accessed).to.equal(null)
  })
})
