import { expect } from 'chai'
import { fingerprint } from './fingerprint.ts'

describe('the fingerprint of a document', () => {
  const one = {
    auths: { 'a.example.com': { auth: 'YTpi', email: 'a@example.com' }, 'b.example.com': { auth: 'Yjpj' } },
  }

  it('is the HMAC-SHA-256 of its compact, ordered text', () => {
    expect(fingerprint({ auths: { 'quay.io': { auth: 'dTp0' } } }, 'key')).to.equal(
      '03ab9f149f6a82f04bf4eced9d8c45e6d231b8a5e9cb364a6d8942e3a6f53f2e',
    )
  })

  it('does not depend on the order in which the document was written', () => {
    const other = {
      auths: { 'b.example.com': { auth: 'Yjpj' }, 'a.example.com': { email: 'a@example.com', auth: 'YTpi' } },
    }
    expect(fingerprint(other, 'key')).to.equal(fingerprint(one, 'key'))
  })

  it('changes with any entry and with the key', () => {
    const changed = { auths: { ...one.auths, 'b.example.com': { auth: 'Yjpk' } } }
    expect(new Set([fingerprint(one, 'key'), fingerprint(changed, 'key'), fingerprint(one, 'another')]).size).to.equal(
      3,
    )
  })
})
