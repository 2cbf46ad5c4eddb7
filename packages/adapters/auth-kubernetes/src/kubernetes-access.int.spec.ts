import { rmSync, writeFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { type AccessRequest, secretText, type Subject } from '@pull-secret/domain'
import type { Fault } from '@pull-secret/registry-simulators'
import type { SimulatedAccount } from '@pull-secret/registry-simulators/kubernetes'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type ACluster, aCluster, reviewerToken } from '../test/a-cluster.ts'

const adapter: SimulatedAccount = {
  token: 'token-of-adapter',
  username: 'system:serviceaccount:hyperfleet-system:gcp-adapter',
  uid: '0c1f2a52-0000-4000-8000-000000000001',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:hyperfleet-system'],
  extra: { 'authentication.kubernetes.io/pod-name': ['gcp-adapter-0'] },
}

const read: AccessRequest = { verb: 'get', resource: 'pull-secrets', clusterId: 'cls-abc123' }

const mayRead = {
  user: adapter.username,
  apiGroups: ['hyperfleet.io'],
  resources: ['clusters/pull-secrets'],
  verbs: ['get'],
}

/** For what is about the order of reviews, on a machine of any speed. */
const patient = { reviewMilliseconds: 60_000 }

/** A token whose payload says when it expires. */
const jsonWebToken = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')

describe('Kubernetes access', () => {
  let cluster: ACluster
  const open = async (...options: Parameters<typeof aCluster>): Promise<void> => {
    cluster = await aCluster(...options)
  }
  afterEach(() => cluster.close())

  const authenticate = (token: string) => cluster.access.authenticator.authenticate(secretText(token))()
  const subjectOf = async (token: string): Promise<Subject> => {
    const answer = await authenticate(token)
    if (E.isLeft(answer)) throw new Error(answer.left.code)
    return answer.right
  }
  const who = async (token: string): Promise<string> => {
    const answer = await authenticate(token)
    return E.isRight(answer) ? answer.right.name : answer.left.code
  }
  const may = async (subject: Subject, request: AccessRequest = read): Promise<string> => {
    const answer = await cluster.access.policy.authorize(subject, request)()
    return E.isRight(answer) ? 'allowed' : answer.left.code
  }
  const count = (operation: 'tokenReview' | 'subjectAccessReview'): number =>
    cluster.server().stats()[operation]?.received ?? 0
  const strike = (operation: string, fault: Fault): void => {
    cluster.server().faults.add({ operation, fault, times: 9 })
  }

  describe('asks', () => {
    it('with everything that is known of the caller, about the cluster by its name', async () => {
      await open({ accounts: [adapter], rules: [mayRead] })
      const subject = await subjectOf(adapter.token)
      expect(await may(subject)).to.equal('allowed')
      const [, review] = cluster.server().reviews()
      expect(review?.['spec']).to.deep.equal({
        resourceAttributes: {
          group: 'hyperfleet.io',
          resource: 'clusters',
          subresource: 'pull-secrets',
          verb: 'get',
          name: 'cls-abc123',
        },
        user: adapter.username,
        uid: adapter.uid,
        groups: [...(adapter.groups ?? []), 'system:authenticated'],
        extra: adapter.extra,
      })
    })

    it('about the fleet without a name', async () => {
      await open({ accounts: [adapter] })
      expect(await may({ name: 'operator' }, { verb: 'list', resource: 'registries' })).to.equal('NOT_ALLOWED')
      const [review] = cluster.server().reviews()
      expect(review?.['spec']).to.deep.equal({
        user: 'operator',
        resourceAttributes: { group: 'hyperfleet.io', resource: 'registries', verb: 'list' },
      })
    })

    it('for the audiences that are configured, and for none where none is', async () => {
      await open({ accounts: [adapter, { ...adapter, token: 'for-us', audiences: ['hyperfleet-api'] }] })
      expect([await who(adapter.token), await who('for-us')]).to.deep.equal([adapter.username, 'NOT_AUTHENTICATED'])
      expect(cluster.server().reviews()[0]?.['spec']).to.deep.equal({ token: adapter.token })
      await cluster.close()
      const accounts = [adapter, { ...adapter, token: 'for-us', audiences: ['hyperfleet-api'] }]
      await open({ accounts }, { audiences: ['hyperfleet-api', 'other'] })
      expect([await who(adapter.token), await who('for-us')]).to.deep.equal(['NOT_AUTHENTICATED', adapter.username])
    })

    it('so that a rule for one cluster, or for a group, allows no more than it says', async () => {
      const rules = [
        { ...mayRead, resourceNames: ['cls-abc123'] },
        { ...mayRead, user: undefined, group: 'readers', verbs: ['list'] },
      ]
      await open({
        accounts: [adapter],
        rules: rules.map(({ user, ...rule }) => (user === undefined ? rule : { user, ...rule })),
      })
      const subject = { name: adapter.username }
      expect([await may(subject), await may(subject, { ...read, clusterId: 'cls-abc124' })]).to.deep.equal([
        'allowed',
        'NOT_ALLOWED',
      ])
      const reader = { name: 'somebody', groups: ['readers'] }
      expect([
        await may(reader, { ...read, verb: 'list' }),
        await may({ name: 'somebody' }, { ...read, verb: 'list' }),
        await may({ name: 'somebody', groups: ['read', 'ers'] }, { ...read, verb: 'list' }),
      ]).to.deep.equal(['allowed', 'NOT_ALLOWED', 'NOT_ALLOWED'])
    })
  })

  describe('remembers', () => {
    it('a yes for ten seconds and a no for two', async () => {
      await open({ accounts: [adapter], rules: [mayRead] })
      const subject = await subjectOf(adapter.token)
      const asked = async (): Promise<ReadonlyArray<number>> => {
        await who(adapter.token)
        await may(subject)
        await who('stranger')
        await may({ name: 'stranger' })
        return [count('tokenReview'), count('subjectAccessReview')]
      }
      expect(await asked()).to.deep.equal([2, 2])
      expect(await asked()).to.deep.equal([2, 2])
      cluster.pass(2_001)
      expect(await asked()).to.deep.equal([3, 3])
      cluster.pass(10_001)
      expect(await asked()).to.deep.equal([5, 5])
    })

    it('no token beyond its own expiry', async () => {
      const token = jsonWebToken({ exp: Math.ceil(Date.now() / 1000) + 5 })
      await open({ accounts: [{ ...adapter, token, expiresAt: (Math.ceil(Date.now() / 1000) + 5) * 1000 }] })
      expect(await who(token)).to.equal(adapter.username)
      cluster.pass(7_000)
      const refused = await authenticate(token)
      expect(refused).to.deep.equal(E.left({ code: 'NOT_AUTHENTICATED', reason: 'expired' }))
    })

    it('a deleted account for ten seconds longer than the API server does', async () => {
      await open({ accounts: [adapter] })
      await who(adapter.token)
      cluster.server().removeAccount(adapter.token)
      cluster.pass(9_000)
      expect(await who(adapter.token)).to.equal(adapter.username)
      cluster.pass(1_001)
      expect(await who(adapter.token)).to.equal('NOT_AUTHENTICATED')
    })

    it('what one caller may do for no other, however their names and groups are joined', async () => {
      await open({ rules: [{ ...mayRead, user: 'a', verbs: ['get'] }] })
      expect(await may({ name: 'a', groups: ['b', 'c'] })).to.equal('allowed')
      for (const other of [
        { name: 'ab', groups: ['c'] },
        { name: '', groups: ['a', 'b', 'c'] },
        { name: 'a,b', groups: ['c'] },
      ])
        expect(await may(other), JSON.stringify(other)).to.equal('NOT_ALLOWED')
      expect(await may({ name: 'a', groups: ['b,c'] })).to.equal('allowed')
      expect(count('subjectAccessReview')).to.equal(5)
    })

    it('nothing of a failure', async () => {
      await open({ accounts: [adapter], rules: [mayRead] })
      cluster.server().faults.add({ operation: '*', fault: { kind: 'status', status: 500 }, times: 2 })
      expect([await who(adapter.token), await may({ name: adapter.username })]).to.deep.equal([
        'ACCESS_UNAVAILABLE',
        'ACCESS_UNAVAILABLE',
      ])
      expect([await who(adapter.token), await may({ name: adapter.username })]).to.deep.equal([
        adapter.username,
        'allowed',
      ])
    })

    it('a yes while the API server is away, and nothing else', async () => {
      await open({ accounts: [adapter], rules: [mayRead] })
      const subject = await subjectOf(adapter.token)
      await may(subject)
      await who('stranger')
      await cluster.stopServer()
      cluster.pass(9_000)
      expect([await who(adapter.token), await may(subject)]).to.deep.equal([adapter.username, 'allowed'])
      expect([await who('stranger'), await who('new'), await may({ name: 'new' })]).to.deep.equal([
        'ACCESS_UNAVAILABLE',
        'ACCESS_UNAVAILABLE',
        'ACCESS_UNAVAILABLE',
      ])
      cluster.pass(1_001)
      expect([await who(adapter.token), await may(subject)]).to.deep.equal(['ACCESS_UNAVAILABLE', 'ACCESS_UNAVAILABLE'])
      await cluster.startServer()
      expect([await who(adapter.token), await may(subject)]).to.deep.equal([adapter.username, 'allowed'])
    })

    it('one question for a burst of callers with one new token', async () => {
      await open({ accounts: [adapter] })
      const names = await Promise.all(Array.from({ length: 50 }, () => who(adapter.token)))
      expect([new Set(names).size, count('tokenReview')]).to.deep.equal([1, 1])
    })
  })

  describe('says neither yes nor no', () => {
    const faults: Readonly<Record<string, Fault>> = {
      'a server error': { kind: 'status', status: 500, body: 'json' },
      'too many requests': { kind: 'status', status: 429, retryAfterSeconds: 3600 },
      'a page of a proxy': { kind: 'status', status: 200 },
      'an answer without a body': { kind: 'emptyBody' },
      'an answer that is no review': { kind: 'status', status: 200, body: 'json' },
      'a connection that is reset': { kind: 'resetBefore' },
    }
    for (const [what, fault] of Object.entries(faults)) {
      it(`to ${what}`, async () => {
        await open({ accounts: [adapter], rules: [mayRead] })
        strike('*', fault)
        expect(await authenticate(adapter.token)).to.deep.equal(
          E.left({ code: 'ACCESS_UNAVAILABLE', retryAfterSeconds: 2 }),
        )
        expect(await may({ name: adapter.username })).to.equal('ACCESS_UNAVAILABLE')
        expect(cluster.problems.map(({ code }) => code)).to.have.members(
          what.startsWith('a page') || what.startsWith('an answer')
            ? ['reviews_unreadable', 'reviews_unreadable']
            : ['reviews_unavailable', 'reviews_unavailable'],
        )
      })
    }

    it('to a server that does not answer in time', async () => {
      await open({ accounts: [adapter] })
      strike('*', { kind: 'hang' })
      expect(await who(adapter.token)).to.equal('ACCESS_UNAVAILABLE')
      expect(cluster.problems[0]?.message).to.match(/did not answer a review within 1200 ms/)
    })

    it('where an authorizer failed without deciding', async () => {
      await open({ rules: [mayRead] })
      cluster.server().failEvaluation('webhook is down')
      expect(await may({ name: adapter.username })).to.equal('ACCESS_UNAVAILABLE')
      expect(cluster.problems.map(({ code }) => code)).to.deep.equal(['reviews_undecided'])
      cluster.server().failEvaluation(undefined)
      expect(await may({ name: adapter.username })).to.equal('allowed')
    })

    it('where our own account may not ask, and says what it lacks', async () => {
      await open({ accounts: [adapter] })
      for (const mayReview of [false, undefined]) {
        cluster.server().setReviewer(reviewerToken, mayReview)
        expect(await who(adapter.token)).to.equal('ACCESS_UNAVAILABLE')
      }
      expect(cluster.problems.map(({ code }) => code)).to.deep.equal(['reviews_refused', 'account_unknown'])
      expect(cluster.problems[0]?.message).to.include('system:auth-delegator')
      expect(cluster.problems[1]?.message).to.include('token is wrong or expired')
    })

    it('while a file of ours cannot be used, and names it', async () => {
      await open({ accounts: [adapter] })
      const broken: ReadonlyArray<readonly [named: string, breakIt: () => void]> = [
        [cluster.files.token, () => rmSync(cluster.files.token)],
        [cluster.files.token, () => writeFileSync(cluster.files.token, ' \n')],
        [cluster.files.ca, () => writeFileSync(cluster.files.ca, '')],
        ['CA bundle', () => writeFileSync(cluster.files.ca, 'no certificate')],
      ]
      for (const [named, breakIt] of broken) {
        cluster.pass(20_000)
        breakIt()
        expect(await who(adapter.token)).to.equal('ACCESS_UNAVAILABLE')
        expect(cluster.problems.at(-1)?.message).to.include(named)
        writeFileSync(cluster.files.token, reviewerToken)
      }
    })

    it('while the certificate of the API server is not trusted, and recovers with a new CA bundle', async () => {
      await open({ accounts: [adapter] })
      expect(await who(adapter.token)).to.equal(adapter.username)
      await cluster.stopServer()
      const trustNewAuthority = await cluster.startServer({ newAuthority: true })
      cluster.pass(20_000)
      expect(await who(adapter.token)).to.equal('ACCESS_UNAVAILABLE')
      expect(cluster.problems.at(-1)?.message).to.match(/cannot be reached \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/)
      trustNewAuthority()
      cluster.pass(2_000)
      expect(await who(adapter.token)).to.equal(adapter.username)
    })
  })

  it('knows whether the last review was answered', async () => {
    await open({ accounts: [adapter], rules: [mayRead] })
    expect(cluster.access.lastProblem()).to.equal(undefined)
    strike('tokenReview', { kind: 'status', status: 500 })
    await who('token-of-nobody')
    expect(cluster.access.lastProblem()?.code).to.equal('reviews_unavailable')
    cluster.server().faults.clear()
    expect(await who(adapter.token)).to.equal(adapter.username)
    expect(cluster.access.lastProblem()).to.equal(undefined)
    strike('tokenReview', { kind: 'status', status: 500 })
    await who('another-of-nobody')
    cluster.pass(60_001)
    expect(cluster.access.lastProblem()).to.equal(undefined)
  })

  it('says to an operator what keeps it from asking, and who it is', async () => {
    await open({ accounts: [adapter] })
    expect(await cluster.access.check()).to.deep.equal({
      server: cluster.server().url,
      problem: undefined,
      account: undefined,
    })
    strike('*', { kind: 'status', status: 200, body: 'json' })
    expect((await cluster.access.check()).problem?.code).to.equal('reviews_unreadable')
    cluster.server().faults.clear()
    const own = jsonWebToken({ sub: 'system:serviceaccount:hyperfleet-system:pull-secret-service' })
    writeFileSync(cluster.files.token, own)
    cluster.pass(2000)
    cluster.server().setReviewer(own, false)
    const report = await cluster.access.check()
    expect(report.problem?.code).to.equal('reviews_refused')
    expect(report.account).to.deep.equal({ namespace: 'hyperfleet-system', name: 'pull-secret-service' })
  })

  it('follows a new token of our own account', async () => {
    await open({ accounts: [adapter] })
    expect(await who(adapter.token)).to.equal(adapter.username)
    cluster.server().setReviewer('rotated', true)
    cluster.server().setReviewer(reviewerToken, undefined)
    writeFileSync(cluster.files.token, 'rotated\n')
    cluster.pass(20_000)
    expect(await who(adapter.token)).to.equal(adapter.username)
  })

  it('lets known callers in, also to what they did not ask for yet, while a flood of new tokens waits', async () => {
    await open({ accounts: [adapter], rules: [mayRead] }, patient)
    const subject = await subjectOf(adapter.token)
    cluster.pass(20_000)
    cluster.server().faults.add({ operation: 'tokenReview', fault: { kind: 'hang' }, times: 16 })
    const flood = Array.from({ length: 500 }, (_, index) => who(`flood-${String(index)}`))
    while (count('tokenReview') < 17) await new Promise(setImmediate)
    expect(await who(adapter.token)).to.equal(adapter.username)
    expect(await may(subject, { ...read, clusterId: 'cls-another' })).to.equal('allowed')
    expect(cluster.problems.length).to.equal(500 - 16 - 256)
    void cluster.server().faults.release()
    const answers = await Promise.all(flood)
    expect(answers.filter((answer) => answer === 'NOT_AUTHENTICATED').length).to.equal(16 + 256)
    expect(answers.filter((answer) => answer === 'ACCESS_UNAVAILABLE').length).to.equal(500 - 16 - 256)
  })

  it('lets one caller ask about many clusters at once', async () => {
    await open({ accounts: [adapter], rules: [mayRead] }, patient)
    const subject = await subjectOf(adapter.token)
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) => may(subject, { ...read, clusterId: `cls-${String(index)}` })),
    )
    expect(new Set(answers)).to.deep.equal(new Set(['allowed']))
    expect(cluster.problems).to.deep.equal([])
  })

  it('tells no token to operators, callers, or whoever looks at it', async () => {
    await open({ accounts: [adapter] })
    strike('subjectAccessReview', { kind: 'status', status: 500 })
    await who('canary-token')
    await who(adapter.token)
    await may({ name: adapter.username })
    const told = inspect([cluster.access, cluster.problems], { depth: 20, showHidden: true })
    expect(told.includes('canary-token')).to.equal(false)
    expect(told.includes(adapter.token)).to.equal(false)
  })
})
