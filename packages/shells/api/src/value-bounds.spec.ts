import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { withinBounds } from './value-bounds.ts'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

describe('the bounds of a parsed value', () => {
  it('let through whatever a request needs', () => {
    for (const value of [
      null,
      'text',
      7,
      [],
      {},
      { hosts: Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`host-${String(index)}`, 'a'])) },
      nested(16),
    ]) {
      expect(withinBounds(value)).to.deep.equal(E.right(value))
    }
  })

  it('hold against depth, number, long names, and names that replace a prototype', () => {
    const refused = [
      nested(30),
      nested(30_000),
      Array.from({ length: 1001 }, () => 0),
      { ['n'.repeat(257)]: 1 },
      JSON.parse('{"hosts":{"__proto__":"a"}}'),
    ]
    for (const value of refused) expect(withinBounds(value)).to.satisfy(E.isLeft)
  })
})
