import { hash as hashOf } from 'node:crypto'
import { secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { newToken, parseTokenList, tokenListText } from './token-list.ts'

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
          permissions: ['*', 'get pull-secrets', 'delete pull-secrets cls-0000aaaa', 'list clusters', 'list audit-log'],
        },
      ]),
    ).to.equal('none')
  })

  it('is refused by field and rule', () => {
    expect(problemOf({})).to.equal('the value must be a list of tokens')
    for (const subject of ['', ' ', 'a\0b', 'a\nb', '\ud800', 'x'.repeat(257)])
      expect(problemOf([{ subject, token_sha256: hash, permissions: [] }]), JSON.stringify(subject)).to.equal(
        '0.subject must be 1 to 256 characters, and no control characters',
      )
    expect(problemOf([{ subject: 'sandbox', permissions: [] }])).to.equal('0.token_sha256 is required (a SHA-256 hash)')
    expect(problemOf([{ subject: 'sandbox', token_sha256: hash, permissions: ['read pull-secrets'] }])).to.include(
      '0.permissions.0 must be *',
    )
    expect(problemOf([{ subject: 'sandbox', token: 'x', token_sha256: hash, permissions: [] }])).to.equal(
      '0.token is an unknown field',
    )
    const entry = { subject: 'sandbox', token_sha256: hash, permissions: [] }
    expect(problemOf([entry, { ...entry, token_sha256: 'cd'.repeat(32) }, entry])).to.equal(
      '2.token_sha256 must differ from every other entry',
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

describe('the text of a token file', () => {
  const adapter = { subject: 'adapter', permissions: ['get pull-secrets', 'create pull-secrets cls-0000aaaa'] }

  it('is made of a token and knows only its hash', () => {
    const token = newToken()
    const text = tokenListText(token, adapter)
    if (E.isLeft(text)) throw new Error(text.left)
    expect(parseTokenList(text.right)).to.deep.equal(
      E.right([
        { subject: 'adapter', token_sha256: hashOf('sha256', token.reveal()), permissions: adapter.permissions },
      ]),
    )
    expect(text.right).not.to.include(token.reveal())
  })

  it('is refused by field and rule, without the token', () => {
    const problems = [
      tokenListText(secretText('canary canary'), adapter),
      tokenListText(newToken(), { ...adapter, permissions: ['read canary'] }),
      tokenListText(newToken(), { ...adapter, subject: ' ' }),
    ].map((text) => (E.isLeft(text) ? text.left : 'none'))
    expect(problems).to.deep.equal([
      'the token must be letters, digits, ".", "_", "~", "+", "/" or "-"',
      'permissions.0 must be *, "VERB RESOURCE" or "VERB RESOURCE CLUSTER_ID"',
      'subject must be 1 to 256 characters, and no control characters',
    ])
  })

  it('is of a new token each time', () => {
    expect(newToken().reveal())
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(newToken().reveal())
  })
})
