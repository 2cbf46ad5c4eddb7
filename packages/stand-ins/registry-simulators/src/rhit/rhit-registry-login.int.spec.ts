import { expect } from 'chai'
import { basic } from '../testing/call.ts'
import { useRhit } from '../testing/rhit-world.ts'

const realmPath = '/auth/realms/rhcc/protocol/redhat-docker-v2/auth'

describe('RHIT simulator: docker login', () => {
  const rhit = useRhit()
  let password: string

  beforeEach(async () => {
    password = (await rhit.ask('POST', '', { name: 'one' })).json.credentials.password
  })

  const logIn = (username: string, secret: string) =>
    rhit.askRegistry(`${realmPath}?service=docker-registry&client_id=spec&scope=repository:rhel:pull`, {
      tls: { ca: rhit.authority },
      headers: basic(username, secret),
    })

  it('challenges with the realm beside it', async () => {
    const { status, headers } = await rhit.askRegistry('/v2/')
    expect(status).to.equal(401)
    expect(headers['www-authenticate']).to.equal(
      `Bearer realm="${rhit.simulator.registryUrl}${realmPath}",service="docker-registry"`,
    )
  })

  it('gives a right login a token, under both names, with its life', async () => {
    const { status, json } = await logIn('|one', password)
    expect(status).to.equal(200)
    expect(json.token).to.equal(json.access_token)
    expect(json.expires_in).to.equal(300)
    const pull = await rhit.askRegistry('/v2/rhel/manifests/latest', {
      tls: { ca: rhit.authority },
      headers: { authorization: `Bearer ${json.token}` },
    })
    expect(pull.status).to.equal(404)
  })

  it('refuses a wrong password, a name without its pipe, an unknown account and no login', async () => {
    const refused = [
      await logIn('|one', 'wrong'),
      await logIn('one', password),
      await logIn('|two', password),
      await rhit.askRegistry(realmPath),
    ]
    expect(refused.map(({ status }) => status)).to.deep.equal([401, 401, 401, 401])
  })

  it('refuses a deleted account and a replaced password', async () => {
    await rhit.ask('POST', '/one', { regenerateToken: true })
    expect((await logIn('|one', password)).status).to.equal(401)
    const renewed = (await rhit.ask('GET', '/one')).json.credentials.password
    expect((await logIn('|one', renewed)).status).to.equal(200)
    await rhit.ask('DELETE', '/one')
    expect((await logIn('|one', renewed)).status).to.equal(401)
  })
})
