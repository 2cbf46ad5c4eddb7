import { expect } from 'chai'
import { makeSecretSearch } from './secret-search.ts'

const secret = 'QUJDREVGR0hJSktMTU5PUA=='

describe('the search for secrets', () => {
  const search = makeSecretSearch([
    { name: 'first', text: secret },
    { name: 'second', text: 'header.payload-payload_payload.signature' },
  ])

  it('finds a secret wherever it stands', () => {
    for (const text of [
      secret,
      `token=${secret};`,
      `"auth":"${secret}"`,
      `abc${secret.replaceAll('=', '')}xyz`,
      `${'x'.repeat(100)} ${secret}`,
    ]) {
      expect(search(text), text).to.deep.equal(['first'])
    }
  })

  it('finds several in one text, each once', () => {
    expect(search(`${secret} header.payload-payload_payload.signature ${secret}`)).to.have.members(['first', 'second'])
  })

  it('finds nothing in a text that only begins like a secret', () => {
    expect(search('QUJDREVGR0hJSktMxxxxxx header.payload-payload')).to.deep.equal([])
  })

  it('refuses a secret that it could not find', () => {
    expect(() => makeSecretSearch([{ name: 'short', text: 'short' }])).to.throw('short')
    expect(() => makeSecretSearch([{ name: 'spaced', text: 'a secret with spaces in it' }])).to.throw('spaced')
  })
})
