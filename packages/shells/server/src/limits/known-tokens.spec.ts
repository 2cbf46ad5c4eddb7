import { secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import { makeKnownTokens } from './known-tokens.ts'

const [one, two, three] = ['one', 'two', 'three'].map(secretText) as [SecretToken, SecretToken, SecretToken]

type SecretToken = ReturnType<typeof secretText>

describe('known tokens', () => {
  it('are those that were good, until one is not', () => {
    const known = makeKnownTokens(10)
    expect(known.has(one)).to.equal(false)
    known.remember(one)
    known.remember(two)
    known.forget(two)
    expect([one, two, three].map(known.has)).to.deep.equal([true, false, false])
  })

  it('are no more than is said: the one that was used the longest ago is forgotten', () => {
    const known = makeKnownTokens(2)
    for (const token of [one, two, one, three]) known.remember(token)
    expect([one, two, three].map(known.has)).to.deep.equal([true, false, true])
  })
})
