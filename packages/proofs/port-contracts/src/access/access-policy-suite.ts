import type { AccessPolicy, AccessRequest, Resource, Verb } from '@pull-secret/domain'
import { expect } from 'chai'
import { fail } from '../expectations.ts'

/** Something that one subject may do; without a cluster, for every cluster and the whole fleet. */
export interface Grant {
  readonly subject: string
  readonly verb: Verb
  readonly resource: Resource
  readonly clusterId?: string
}

export interface AccessPolicySubject {
  readonly policy: AccessPolicy
  /**
   * Takes every grant of a subject away, and lets the time pass that the adapter may need to hear of it. `undefined`
   * where that cannot be.
   */
  readonly withdraw: ((subject: string) => Promise<void>) | undefined
  /** Makes the source of its knowledge unusable, felt at once, and usable again. `undefined` where it cannot be. */
  readonly cutOff: (() => Promise<void>) | undefined
  readonly reconnect: (() => Promise<void>) | undefined
  readonly close: () => Promise<void>
}

/** Opens a policy that allows exactly what is granted. */
export type OpenAccessPolicy = (grants: ReadonlyArray<Grant>) => Promise<AccessPolicySubject>

const grants: ReadonlyArray<Grant> = [
  { subject: 'reader', verb: 'get', resource: 'pull-secrets' },
  { subject: 'operator', verb: 'list', resource: 'registries' },
  { subject: 'operator', verb: 'create', resource: 'jobs' },
  { subject: 'adapter', verb: 'create', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' },
]

const verbs: ReadonlyArray<Verb> = ['get', 'list', 'create', 'update', 'delete']
const resources: ReadonlyArray<Resource> = ['pull-secrets', 'registries', 'jobs', 'metrics']
const everything: ReadonlyArray<AccessRequest> = verbs.flatMap((verb) =>
  resources.map((resource) => ({ verb, resource })),
)

const aGet: AccessRequest = { verb: 'get', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' }
const aCreate: AccessRequest = { verb: 'create', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' }

/** What every adapter of `AccessPolicy` keeps. */
export const accessPolicySuite = (open: OpenAccessPolicy): void => {
  describe('as an access policy', () => {
    let subject: AccessPolicySubject
    beforeEach(async () => {
      subject = await open(grants)
    })
    afterEach(async () => {
      await subject.close()
    })

    const authorize = (name: string, request: AccessRequest) => subject.policy.authorize({ name }, request)
    const answer = async (name: string, request: AccessRequest): Promise<string> => {
      const result = await authorize(name, request)()
      return result._tag === 'Right' ? 'allowed' : result.left.code
    }
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

    it('says in a refusal what was asked', async () => {
      expect(await fail(authorize('reader', { ...aGet, verb: 'delete' }))).to.deep.equal({
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

    it('says neither yes nor no while it cannot know', async () => {
      if (subject.cutOff === undefined || subject.reconnect === undefined) return
      expect(await answer('reader', aGet)).to.equal('allowed')
      await subject.cutOff()
      expect([await answer('reader', aGet), await answer('stranger', aGet)]).to.deep.equal([
        'ACCESS_UNAVAILABLE',
        'ACCESS_UNAVAILABLE',
      ])
      await subject.reconnect()
      expect([await answer('reader', aGet), await answer('stranger', aGet)]).to.deep.equal(['allowed', 'NOT_ALLOWED'])
    })
  })
}
