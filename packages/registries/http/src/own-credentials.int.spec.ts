import { writeFileSync } from 'node:fs'
import { makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { ownCertificate, ownToken } from './own-credentials.ts'
import { useHttpWorld } from './testing/http-world.ts'

const dayMilliseconds = 86_400_000

const webToken = (claims: unknown): string =>
  [{ alg: 'none' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('made-up')
    .join('.')

describe('what the service shows a vendor', () => {
  const world = useHttpWorld()

  it('expires with its certificate, and not with those of its authorities that follow', async () => {
    const now = new Date(Date.UTC(2026, 0, 1))
    const short = await makeCertificateAuthority('short', { now, lifetimeDays: 1 })
    const long = await makeCertificateAuthority('long', { now, lifetimeDays: 3 })
    const own = await long.issueClient('fleet')
    writeFileSync(world.path('client.pem'), own.certificate + short.identity.certificate)
    expect(ownCertificate(world.path('client.pem'))).to.deep.equal([
      { kind: 'client_certificate', expiresAt: now.getTime() + 3 * dayMilliseconds },
    ])
  })

  it('expires with its token, where that is a JSON web token that says when', () => {
    writeFileSync(world.path('token'), `${webToken({ exp: 1_800_000_000.5 })}\n`)
    expect(ownToken(world.path('token'))).to.deep.equal([{ kind: 'token', expiresAt: 1_800_000_000_500 }])
  })

  it('is not known to expire where nothing says so', () => {
    const silent = ['opaque', 'two.parts', 'no.json.here', webToken({}), webToken({ exp: 'soon' }), webToken(null)]
    for (const token of silent) {
      writeFileSync(world.path('token'), token)
      expect(ownToken(world.path('token')), token).to.deep.equal([])
      expect(ownCertificate(world.path('token')), token).to.deep.equal([])
    }
    expect([...ownToken(world.path('absent')), ...ownCertificate(world.path('absent'))]).to.deep.equal([])
  })
})
