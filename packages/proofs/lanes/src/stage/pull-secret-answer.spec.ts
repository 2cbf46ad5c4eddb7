import { expect } from 'chai'
import { documentEntries } from './pull-secret-answer.ts'

describe('the entries of a document', () => {
  it('are read as a client reads them, colons in tokens included', () => {
    const auth = Buffer.from('acme+robot:to:ken').toString('base64')
    expect(documentEntries(JSON.stringify({ auths: { 'quay.io': { auth } } }))).to.deep.equal([
      { host: 'quay.io', username: 'acme+robot', token: 'to:ken' },
    ])
  })
})
