import { expect } from 'chai'
import fc from 'fast-check'
import { fitsAuthEntry, onlyUsable, secretText } from '../index.ts'

const loneSurrogate = '\ud800'

describe('an auth entry', () => {
  it('takes what registries give', () => {
    for (const username of [
      'acme+hyperfleet_gcp_useast1_0f',
      '|hyp-cls-abc123',
      'user@example.com',
      '00000000-0000',
      'ü',
    ])
      for (const token of ['T0KEN', 'a:b', 'x'.repeat(16_384), 'eyJhbGciOiJSUzUxMiJ9.e30.c2ln', 'pass phrase'])
        expect(fitsAuthEntry({ username, token }), username).to.equal(true)
  })

  it('takes no user name that clients would cut or could not send', () => {
    for (const username of ['', 'a:b', ':', 'a\nb', 'a\r', 'a\0', '\u007f', '\u0085', loneSurrogate, 'x'.repeat(1025)])
      expect(fitsAuthEntry({ username, token: 'token' }), JSON.stringify(username)).to.equal(false)
  })

  it('takes no token that clients could not send', () => {
    for (const token of ['', 'a\nb', 'a\r', 'a\0', '\u0085', `a${loneSurrogate}b`, 'x'.repeat(16_385)])
      expect(fitsAuthEntry({ username: 'user', token }), JSON.stringify(token).slice(0, 20)).to.equal(false)
  })

  it('gives back the user name and the token that went in, whatever fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (username, token) => {
        fc.pre(fitsAuthEntry({ username, token }))
        const text = Buffer.from(Buffer.from(`${username}:${token}`).toString('base64'), 'base64').toString()
        const colon = text.indexOf(':')
        expect([text.slice(0, colon), text.slice(colon + 1)]).to.deep.equal([username, token])
      }),
    )
  })

  it('makes a created credential that does not fit one of unknown outcome, with its vendor id', () => {
    const created = { kind: 'created', username: 'user', token: secretText('token'), vendorId: 'v-1' } as const
    expect(onlyUsable(created)).to.equal(created)
    expect(onlyUsable({ ...created, token: secretText('a\nb') })).to.deep.equal({
      kind: 'unknown',
      problem: 'unreadable_answer',
      vendorId: 'v-1',
    })
    expect(onlyUsable({ kind: 'name_burnt' })).to.deep.equal({ kind: 'name_burnt' })
  })
})
