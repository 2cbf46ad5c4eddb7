import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { queryParameters } from './query-parameters.ts'

describe('the parameters of a query', () => {
  it('are texts, or lists where one is given more than once', () => {
    expect(queryParameters('')).to.deep.equal(E.right({}))
    expect(queryParameters('a=1&b=%20&a=2&c')).to.deep.equal(E.right({ a: ['1', '2'], b: ' ', c: '' }))
  })

  it('are read only where there are few of them and they are short', () => {
    const many = (count: number): string => Array.from({ length: count }, (_, index) => `n${String(index)}=`).join('&')
    expect(E.isRight(queryParameters(many(32)))).to.equal(true)
    expect(E.isRight(queryParameters(`a=${'x'.repeat(4094)}`))).to.equal(true)
    for (const query of [many(33), many(5000), `a=${'x'.repeat(4095)}`, '&'.repeat(40)]) {
      const refused = queryParameters(query)
      expect(E.isLeft(refused) && refused.left.code, query.slice(0, 20)).to.equal('MISMATCHED')
    }
  })
})
