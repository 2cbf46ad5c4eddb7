import { expect } from 'chai'
import { base32 } from './base32.ts'

describe('base32', () => {
  it('is as in RFC 4648, in lower case', () => {
    expect(base32(Buffer.from('fooba'))).to.equal('mzxw6ytb')
    expect(base32(Buffer.from('foobar'))).to.equal('mzxw6ytbo')
  })
})
