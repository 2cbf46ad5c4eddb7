import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { parseTokenList } from './token-list.ts'

const hash = 'ab'.repeat(32)
const problemOf = (list: unknown) =>
  E.match(
    (problem: string) => problem,
    () => 'none',
  )(parseTokenList(JSON.stringify(list)))

describe('a list of static tokens', () => {
  it('is accepted with every form of permission', () => {
    expect(
      problemOf([
        {
          subject: 'sandbox',
          token_sha256: hash,
          permissions: ['*', 'get pull-secrets', 'delete pull-secrets cls-0000aaaa'],
        },
      ]),
    ).to.equal('none')
  })

  it('is refused by field and rule', () => {
    expect(problemOf({})).to.equal('the value must be a list of tokens')
    expect(problemOf([{ subject: 'sandbox', permissions: [] }])).to.equal('0.token_sha256 is required (a SHA-256 hash)')
    expect(problemOf([{ subject: 'sandbox', token_sha256: hash, permissions: ['read pull-secrets'] }])).to.include(
      '0.permissions.0 must be *',
    )
    expect(problemOf([{ subject: 'sandbox', token: 'x', token_sha256: hash, permissions: [] }])).to.equal(
      '0.token is an unknown field',
    )
  })

  it('is never repeated by a refusal', () => {
    const problems = [
      problemOf([{ subject: 'x', token_sha256: 'canary', permissions: ['canary'] }]),
      E.match(String, String)(parseTokenList('canary')),
    ]
    expect(problems.join()).not.to.include('canary')
  })
})
