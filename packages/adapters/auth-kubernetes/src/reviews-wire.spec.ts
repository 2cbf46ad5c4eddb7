import { expect } from 'chai'
import { readAccessReview, readTokenReview } from './reviews-wire.ts'

const tokenReview = (status: object): object => ({ kind: 'TokenReview', status })
const accessReview = (status: object): object => ({ kind: 'SubjectAccessReview', status })

describe('the answer to a TokenReview', () => {
  const user = { username: 'adapter', uid: '1', groups: ['a', 'b'], extra: { 'example.org/scope': ['x', 'y'] } }
  const read = (status: object, asked: ReadonlyArray<string> = []) => readTokenReview(tokenReview(status), asked)

  it('says who holds the token, with everything that the API server knows', () => {
    const { username: name, ...known } = user
    expect(read({ authenticated: true, user })).to.deep.equal({ kind: 'accepted', subject: { name, ...known } })
    expect(read({ authenticated: true, user: { username: name } })).to.deep.equal({
      kind: 'accepted',
      subject: { name, groups: [] },
    })
  })

  it('counts with authenticated: true alone', () => {
    for (const status of [{}, { user }, { authenticated: false, user }])
      expect(read(status), JSON.stringify(status)).to.deep.equal({ kind: 'refused' })
  })

  it('counts, where audiences were asked, with one of them alone: not every authenticator looks at them', () => {
    for (const audiences of [undefined, null, [], ['vault'], ['ours,other']])
      expect(read({ authenticated: true, user, audiences }, ['ours', 'other']), String(audiences)).to.deep.equal({
        kind: 'for others',
        name: 'adapter',
      })
    expect(read({ authenticated: true, user, audiences: ['vault', 'other'] }, ['ours', 'other']).kind).to.equal(
      'accepted',
    )
  })

  it('is unreadable without a usable name, and as another kind', () => {
    for (const username of [undefined, '', 'a\nb', 'a\ud800', 'x'.repeat(513)])
      expect(read({ authenticated: true, user: { ...user, username } }).kind, username).to.equal('unreadable')
    expect(readTokenReview(accessReview({ authenticated: true, user }), []).kind).to.equal('unreadable')
    expect(readTokenReview({ kind: 'TokenReview' }, []).kind).to.equal('unreadable')
  })
})

describe('the answer to a SubjectAccessReview', () => {
  const verdicts: ReadonlyArray<readonly [status: object, verdict: string]> = [
    [{ allowed: true }, 'allowed'],
    [{ allowed: true, reason: 'RBAC' }, 'allowed'],
    [{ allowed: true, evaluationError: 'one role is missing' }, 'allowed'],
    [{ allowed: true, denied: true }, 'denied'],
    [{ allowed: false }, 'denied'],
    [{ allowed: false, evaluationError: '' }, 'denied'],
    [{ allowed: false, denied: true, evaluationError: 'one role is missing' }, 'denied'],
    [{ allowed: false, evaluationError: 'no authorizer answered' }, 'undecided'],
    [{ allowed: false, denied: false, evaluationError: 'no authorizer answered' }, 'undecided'],
    [{}, 'unreadable'],
    [{ allowed: 'true' }, 'unreadable'],
  ]
  for (const [status, verdict] of verdicts) {
    it(`${JSON.stringify(status)} is ${verdict}`, () => {
      expect(readAccessReview(accessReview(status))).to.equal(verdict)
    })
  }

  it('is unreadable as another kind', () => {
    expect(readAccessReview(tokenReview({ allowed: true }))).to.equal('unreadable')
  })
})
