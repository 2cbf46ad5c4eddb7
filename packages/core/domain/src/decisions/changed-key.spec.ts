import { expect } from 'chai'
import { changedKey } from '../index.ts'

describe('a changed key', () => {
  const known = [
    { keyId: 'a', check: '1' },
    { keyId: 'b', check: '2' },
  ]

  it('is one that stands under the id of another', () => {
    const keys = [
      { keyId: 'c', check: '1' },
      { keyId: 'b', check: '1' },
    ]
    expect(changedKey(known, keys)).to.deep.equal({ code: 'KEY_CHANGED', keyId: 'b' })
  })

  it('is neither a new one, nor one that is left out', () => {
    const keys = [
      { keyId: 'a', check: '1' },
      { keyId: 'c', check: '2' },
    ]
    expect([changedKey(known, keys), changedKey(known, []), changedKey([], keys)]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ])
  })
})
