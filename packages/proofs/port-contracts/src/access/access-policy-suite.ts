import type { AccessPolicy, AccessRequest, Resource, Subject, Verb } from '@pull-secret/domain'
import { expect } from 'chai'
import { fail } from '../expectations.ts'

/** Something that one subject may do; without a cluster, for every cluster and the whole fleet. */
export interface Grant {
  readonly subject: string
  readonly verb: Verb
  readonly resource: Resource
  readonly clusterId?: string
}

/** Something that the members of one group may do, whatever their names. */
export type GroupGrant = Omit<Grant, 'subject'> & { readonly group: string }

export interface AccessPolicySubject {
  readonly policy: AccessPolicy
  /** Whether grants to groups count. */
  readonly knowsGroups: boolean
  /**
   * Takes every grant of a subject away, and lets the time pass that the adapter may need to hear of it. `undefined`
   * where that cannot be.
   */
  readonly withdraw: ((subject: string) => Promise<void>) | undefined
  /** Grants one thing more, and lets the time pass that the adapter may need to hear of it. */
  readonly grant: (grant: Grant) => Promise<void>
  /** Makes the source of its knowledge unusable, felt at once, and usable again. `undefined` where it cannot be. */
  readonly cutOff: (() => Promise<void>) | undefined
  readonly reconnect: (() => Promise<void>) | undefined
  readonly close: () => Promise<void>
}

/** Opens a policy that allows exactly what is granted; one without groups leaves the second list alone. */
export type OpenAccessPolicy = (
  grants: ReadonlyArray<Grant>,
  groupGrants: ReadonlyArray<GroupGrant>,
) => Promise<AccessPolicySubject>

const grants: ReadonlyArray<Grant> = [
  { subject: 'reader', verb: 'get', resource: 'pull-secrets' },
  { subject: 'operator', verb: 'list', resource: 'registries' },
  { subject: 'operator', verb: 'create', resource: 'jobs' },
  { subject: 'adapter', verb: 'create', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' },
  { subject: 'watcher', verb: 'get', resource: 'clusters', clusterId: 'cls-0000aaaa' },
]

const groupGrants: ReadonlyArray<GroupGrant> = [
  { group: 'auditors', verb: 'list', resource: 'audit-log' },
  { group: 'adapters', verb: 'get', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' },
]

const verbs: ReadonlyArray<Verb> = ['get', 'list', 'create', 'update', 'delete']
const resources = {
  clusters: true,
  'pull-secrets': true,
  'pull-secrets/ban': true,
  registries: true,
  jobs: true,
  'audit-log': true,
  replicas: true,
  metrics: true,
} satisfies Record<Resource, true>
const everything: ReadonlyArray<AccessRequest> = verbs.flatMap((verb) =>
  Object.keys(resources).map((resource) => ({ verb, resource: resource as Resource })),
)

const aGet: AccessRequest = { verb: 'get', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' }
const aCreate: AccessRequest = { verb: 'create', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' }
const aLook: AccessRequest = { verb: 'get', resource: 'clusters', clusterId: 'cls-0000aaaa' }

/** What every adapter of `AccessPolicy` keeps. */
export const accessPolicySuite = (open: OpenAccessPolicy): void => {
  describe('as an access policy', () => {
    let subject: AccessPolicySubject
    beforeEach(async () => {
      subject = await open(grants, groupGrants)
    })
    afterEach(async () => {
      await subject.close()
    })

    const authorize = (caller: Subject, request: AccessRequest) => subject.policy.authorize(caller, request)
    const answerTo = async (caller: Subject, request: AccessRequest): Promise<string> => {
      const result = await authorize(caller, request)()
      return result._tag === 'Right' ? 'allowed' : result.left.code
    }
    const answer = (name: string, request: AccessRequest): Promise<string> => answerTo({ name }, request)
    const allowedTo = async (name: string): Promise<ReadonlyArray<string>> => {
      const answers = await Promise.all(
        everything.map(async (request) => [await answer(name, request), `${request.verb} ${request.resource}`]),
      )
      return answers.flatMap(([said, request]) => (said === 'allowed' ? [request ?? ''] : []))
    }

    it('allows a subject every verb and resource that it was granted, and no other', async () => {
      expect(await allowedTo('operator')).to.deep.equal(['list registries', 'create jobs'])
    })

    it('allows for each cluster what it allows for all', async () => {
      expect([
        await answer('reader', aGet),
        await answer('reader', { ...aGet, clusterId: 'cls-0000bbbb' }),
        await answer('reader', { verb: 'get', resource: 'pull-secrets' }),
      ]).to.deep.equal(['allowed', 'allowed', 'allowed'])
    })

    it('keeps a grant for one cluster to that cluster', async () => {
      expect(await answer('adapter', aCreate)).to.equal('allowed')
      for (const clusterId of ['cls-0000bbbb', 'cls-0000aaaa ', 'cls-0000aaa', 'CLS-0000AAAA'])
        expect(await answer('adapter', { ...aCreate, clusterId }), clusterId).to.equal('NOT_ALLOWED')
    })

    it('gives nobody the fleet for one of its clusters', async () => {
      expect(await answer('adapter', { verb: 'create', resource: 'pull-secrets' })).to.equal('NOT_ALLOWED')
    })

    it('keeps a right to a cluster apart from a right to what belongs to it', async () => {
      expect([
        await answer('watcher', aLook),
        await answer('watcher', aGet),
        await answer('reader', aLook),
      ]).to.deep.equal(['allowed', 'NOT_ALLOWED', 'NOT_ALLOWED'])
    })

    it('gives no subject what another one has', async () => {
      expect([
        await answer('operator', aGet),
        await answer('adapter', aGet),
        await answer('reader', aCreate),
      ]).to.deep.equal(['NOT_ALLOWED', 'NOT_ALLOWED', 'NOT_ALLOWED'])
    })

    it('allows a stranger nothing', async () => {
      for (const name of ['stranger', '', 'read', 'reader ', 'constructor', '__proto__'])
        expect(await allowedTo(name), name).to.deep.equal([])
    })

    it('allows the members of a group that it knows what the group was granted, and nobody else', async () => {
      const somebody = (...groups: ReadonlyArray<string>): Subject => ({ name: 'somebody', groups })
      const theLog: AccessRequest = { verb: 'list', resource: 'audit-log' }
      const toMembers = subject.knowsGroups ? 'allowed' : 'NOT_ALLOWED'
      expect([
        await answerTo(somebody('staff', 'auditors'), theLog),
        await answerTo(somebody('adapters'), aGet),
      ]).to.deep.equal([toMembers, toMembers])
      for (const caller of [
        somebody(),
        somebody('staff', 'audit', 'ors'),
        somebody('staffauditors'),
        { name: 'auditors' },
        { name: 'somebody', extra: { groups: ['auditors'] } },
      ])
        expect(await answerTo(caller, theLog), JSON.stringify(caller)).to.equal('NOT_ALLOWED')
      expect(await answerTo(somebody('adapters'), { ...aGet, clusterId: 'cls-0000bbbb' })).to.equal('NOT_ALLOWED')
    })

    it('takes no question for one that it has allowed and that reads alike', async () => {
      expect(await answer('reader', aGet)).to.equal('allowed')
      const alike: ReadonlyArray<readonly [caller: Subject, clusterId: string]> = [
        [{ name: 'eader' }, 'cls-0000aaaar'],
        [{ name: 'readerc' }, 'ls-0000aaaa'],
        [{ name: 'read', groups: ['er'] }, 'cls-0000aaaa'],
        [{ name: 'read', uid: 'er' }, 'cls-0000aaaa'],
        [{ name: 'read', groups: [], extra: { er: [] } }, 'cls-0000aaaa'],
      ]
      for (const [caller, clusterId] of alike)
        expect(await answerTo(caller, { ...aGet, clusterId }), JSON.stringify(caller)).to.equal('NOT_ALLOWED')
    })

    it('gives many simultaneous callers each their own answer', async () => {
      const questions: ReadonlyArray<readonly [name: string, request: AccessRequest, expected: string]> = Array.from(
        { length: 10 },
        () => [
          ['reader', aGet, 'allowed'] as const,
          ['stranger', aGet, 'NOT_ALLOWED'] as const,
          ['adapter', aCreate, 'allowed'] as const,
          ['adapter', { ...aCreate, clusterId: 'cls-0000bbbb' }, 'NOT_ALLOWED'] as const,
          ['reader', aCreate, 'NOT_ALLOWED'] as const,
        ],
      ).flat()
      const answers = await Promise.all(questions.map(([name, request]) => answer(name, request)))
      expect(answers).to.deep.equal(questions.map(([, , expected]) => expected))
    })

    it('says in a refusal what was asked', async () => {
      expect(await fail(authorize({ name: 'reader' }, { ...aGet, verb: 'delete' }))).to.deep.equal({
        code: 'NOT_ALLOWED',
        verb: 'delete',
        resource: 'pull-secrets',
      })
    })

    it('allows nothing more once a grant is withdrawn', async () => {
      if (subject.withdraw === undefined) return
      expect(await answer('reader', aGet)).to.equal('allowed')
      await subject.withdraw('reader')
      expect([
        await answer('reader', aGet),
        await answer('operator', { verb: 'list', resource: 'registries' }),
      ]).to.deep.equal(['NOT_ALLOWED', 'allowed'])
    })

    it('allows what was granted after it was refused', async () => {
      expect(await answer('reader', aCreate)).to.equal('NOT_ALLOWED')
      await subject.grant({ subject: 'reader', verb: 'create', resource: 'pull-secrets' })
      expect(await answer('reader', aCreate)).to.equal('allowed')
    })

    it('says neither yes nor no while it cannot know, not even of what it knew before', async () => {
      if (subject.cutOff === undefined || subject.reconnect === undefined) return
      expect(await answer('reader', aGet)).to.equal('allowed')
      await subject.cutOff()
      expect([await answer('reader', aGet), await answer('stranger', aGet)]).to.deep.equal([
        'ACCESS_UNAVAILABLE',
        'ACCESS_UNAVAILABLE',
      ])
    })

    it('knows again as soon as it can, and remembers nothing of what it could not answer', async () => {
      if (subject.cutOff === undefined || subject.reconnect === undefined) return
      await subject.cutOff()
      await Promise.all(['reader', 'stranger'].map((name) => answer(name, aGet)))
      await subject.reconnect()
      expect([await answer('reader', aGet), await answer('stranger', aGet)]).to.deep.equal(['allowed', 'NOT_ALLOWED'])
    })
  })
}
