import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { parcelRegistry } from './parcel-registry.ts'

const refused = (section: unknown): ReadonlyArray<string> => {
  const decoded = parcelRegistry.decodeConfig(section)
  return E.isLeft(decoded) ? decoded.left.map(({ field, rule }) => `${field} ${rule}`) : []
}

describe('the configuration of a parcel registry', () => {
  const section = { base_url: 'https://parcel.example.com', token_file: '/token' }

  it('gives the host that the credential serves', () => {
    const config = { baseUrl: 'https://parcel.example.com', tokenFile: '/token' }
    expect(parcelRegistry.decodeConfig(section)).to.deep.equal(E.right(config))
    expect([...parcelRegistry.hosts(config), ...parcelRegistry.aliases(config)]).to.deep.equal(['parcel.example.com'])
  })

  it('is refused by field and rule', () => {
    expect(refused({})).to.have.members(['base_url required', 'token_file required'])
    expect(refused({ ...section, token: 'x' })).to.deep.equal(['token unknown'])
  })
})
