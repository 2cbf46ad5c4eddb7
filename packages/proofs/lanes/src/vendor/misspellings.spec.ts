import { expect } from 'chai'
import { misspellingsOf } from './misspellings.ts'

describe('the misspellings of a body', () => {
  it('are one for each field, wherever it stands', () => {
    expect(misspellingsOf({ name: 'a', owner: { names: ['b'] } })).to.deep.equal([
      { path: 'name', body: { namez: 'a', owner: { names: ['b'] } } },
      { path: 'owner', body: { name: 'a', ownerz: { names: ['b'] } } },
      { path: 'owner.names', body: { name: 'a', owner: { namesz: ['b'] } } },
    ])
  })

  it('are found in lists', () => {
    expect(misspellingsOf({ ports: ['a', { name: 'b' }] }).at(-1)).to.deep.equal({
      path: 'ports.1.name',
      body: { ports: ['a', { namez: 'b' }] },
    })
  })

  it('are none of what has no fields', () => {
    expect([undefined, null, 'a', ['a']].flatMap((value) => misspellingsOf(value))).to.deep.equal([])
  })
})
