import { expect } from 'chai'
import { administratorToken, useQuay } from '../testing/quay-world.ts'

const changes = [
  ['PUT', '/robots/one'],
  ['DELETE', '/robots/one'],
  ['POST', '/robots/one/regenerate'],
  ['PUT', '/team/readers'],
] as const

describe('Quay simulator: administrator tokens', () => {
  const quay = useQuay()
  const headersOf = {
    missing: {},
    wrong: { authorization: 'Bearer nobody' },
    expired: { authorization: `Bearer ${administratorToken}` },
  }

  for (const [kind, headers] of Object.entries(headersOf))
    describe(`a ${kind} token`, () => {
      beforeEach(() => {
        if (kind === 'expired') quay.simulator.expireAdministratorToken(administratorToken)
      })

      for (const [method, path] of changes)
        it(`gets a CSRF refusal on ${method} ${path} and changes nothing`, async () => {
          const { status, json } = await quay.ask(method, path, { headers, body: { role: 'member' } })
          expect(status).to.equal(403)
          expect(json).to.deep.equal({ error: 'CSRF token was invalid or missing.' })
          expect(quay.simulator.robots()).to.deep.equal([])
        })

      it('gets 401 invalid_token on GET', async () => {
        const { status, json } = await quay.ask('GET', '/robots/one', { headers })
        expect(status).to.equal(401)
        expect(json.error_type).to.equal('invalid_token')
      })
    })

  it('refuses a token without rights on the organization as insufficient_scope', async () => {
    quay.simulator.setAdministratorToken(administratorToken, 'powerless')
    const { status, json } = await quay.ask('PUT', '/robots/one')
    expect(status).to.equal(403)
    expect(json.error_type).to.equal('insufficient_scope')
  })

  it('takes a token that was put in later', async () => {
    quay.simulator.setAdministratorToken('renewed', 'valid')
    expect((await quay.ask('PUT', '/robots/one', { headers: { authorization: 'Bearer renewed' } })).status).to.equal(
      201,
    )
  })
})
