import { decided, type KeyCheck, type RegistryFacts } from '@pull-secret/domain'
import { aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { fail, succeed } from '../expectations.ts'
import { added, clusterBorn, proved, stored, withdrawn, write } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const aKey = (keyId: string, digit = 'a'): KeyCheck => ({ keyId, check: digit.repeat(16) })

/** A configuration that enables these, wherever they are. */
const enabling = (ids: ReadonlyArray<string>): ReadonlyArray<RegistryFacts> =>
  ids.map((id) => ({ id, scope: `scope of ${id}`, enabled: true, required: true }))

/** What every adapter of `DeploymentRegister` keeps. */
export const deploymentRegisterSuite = (open: OpenLedger): void => {
  describe('as a register of the deployment', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    it('agrees with the deployment that came first, and with no other', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      await succeed(subject.register.agreeOn('prod-1'))
      expect(await fail(subject.register.agreeOn('prod-2'))).to.deep.equal({
        code: 'DEPLOYMENT_MISMATCH',
        stored: 'prod-1',
        configured: 'prod-2',
      })
    })

    it('tells who owns the ledger, and that asking makes nobody its owner', async () => {
      expect(await succeed(subject.register.owner)).to.equal(undefined)
      await succeed(subject.register.agreeOn('prod-1'))
      expect(await succeed(subject.register.owner)).to.equal('prod-1')
    })

    it('lets one of several simultaneous deployments win', async () => {
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => subject.register.agreeOn(id)()))
      expect(answers.filter((answer) => answer._tag === 'Right')).to.have.length(1)
    })

    it('agrees with the keys that it knows, and remembers new ones beside them', async () => {
      await succeed(subject.register.agreeOnKeys([aKey('first')]))
      await succeed(subject.register.agreeOnKeys([aKey('first'), aKey('second')]))
      await succeed(subject.register.agreeOnKeys([]))
      expect(await succeed(subject.register.keys)).to.have.deep.members([aKey('first'), aKey('second')])
    })

    it('refuses another key under a known id, and remembers nothing of its ring', async () => {
      await succeed(subject.register.agreeOnKeys([aKey('first'), aKey('second')]))
      const ring = [aKey('third'), aKey('second', 'f'), aKey('first')]
      expect(await fail(subject.register.agreeOnKeys(ring))).to.deep.equal({ code: 'KEY_CHANGED', keyId: 'second' })
      expect(await succeed(subject.register.keys)).to.have.deep.members([aKey('first'), aKey('second')])
    })

    it('lets one of several simultaneous keys of one id win', async () => {
      const answers = await Promise.all(
        ['0', '1', '2', '3'].map((digit) => subject.register.agreeOnKeys([aKey('first', digit)])()),
      )
      expect(answers.filter((answer) => answer._tag === 'Right')).to.have.length(1)
    })

    it('names each scope once with what stands there, and none that holds only revoked credentials', async () => {
      const gone = aFreshCredential({ registryId: 'gone', scope: 'left' })
      const former = aFreshCredential({ registryId: 'quay', scope: 'here' })
      await write(
        subject,
        clusterBorn(),
        added(gone),
        withdrawn(gone),
        proved(withdrawn(gone).after),
        added(former),
        withdrawn(former),
        added(aFreshCredential({ registryId: 'quay', scope: 'here', generation: 2 })),
        added(aFreshCredential({ registryId: 'rhit', scope: 'there' })),
      )
      expect(await succeed(subject.register.scopesInUse)).to.have.deep.members([
        { registryId: 'quay', scope: 'here', credentials: 2, clusterId: 'cls-abc123' },
        { registryId: 'rhit', scope: 'there', credentials: 1, clusterId: 'cls-abc123' },
      ])
    })

    it('shows a decision which registries the newest configuration enables', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      expect((await stored(subject)).enabledRegistries).to.equal(undefined)
      await succeed(subject.register.agreeOnRegistries(enabling(['quay', 'harbor'])))
      expect((await stored(subject)).enabledRegistries).to.have.members(['quay', 'harbor'])
    })

    it('shows a decision without which of them it publishes nothing', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      expect((await stored(subject)).requiredRegistries).to.equal(undefined)
      const [quay, rhit, edge] = [
        { id: 'quay', scope: 'here', enabled: true, required: true },
        { id: 'rhit', scope: 'here', enabled: false, required: true },
        { id: 'edge', scope: 'here', enabled: true, required: false },
      ]
      await succeed(subject.register.agreeOnRegistries([quay, rhit, edge]))
      expect((await stored(subject)).requiredRegistries).to.deep.equal(['quay'])
      await succeed(subject.register.agreeOnRegistries([quay, rhit, { ...edge, required: true }]))
      expect((await stored(subject)).requiredRegistries).to.have.members(['quay', 'edge'])
    })

    it('loses no cluster that it makes due to a decision that is under way', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      await write(subject, clusterBorn(aCluster()))
      const enabled = Array.from({ length: 12 }, (_, index) => `r-${String(index)}`)
      const note = (externalId: string) =>
        succeed(
          subject.ledger.change('cls-abc123', ({ cluster }) =>
            E.right(
              decided(
                undefined,
                cluster === undefined
                  ? []
                  : [{ kind: 'cluster_noted', before: cluster, after: { ...cluster, externalId } }],
              ),
            ),
          ),
        )
      await Promise.all(
        enabled.flatMap((id, index) => [
          succeed(subject.register.agreeOnRegistries(enabling([...enabled.slice(0, index), id]))),
          note(`${id}-a`),
          note(`${id}-b`),
        ]),
      )
      expect(await succeed(subject.dueWork.clusters(1, enabled))).to.deep.equal(['cls-abc123'])
    })

    it('makes live clusters due when a registry is enabled that was not before', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      await write(subject, clusterBorn(aCluster()))
      await succeed(subject.register.agreeOnRegistries(enabling(['quay', 'rhit'])))
      expect(await succeed(subject.dueWork.clusters(10, ['quay', 'rhit', 'harbor']))).to.deep.equal([])
      await succeed(subject.register.agreeOnRegistries(enabling(['quay'])))
      expect(await succeed(subject.dueWork.clusters(10, ['quay', 'rhit', 'harbor']))).to.deep.equal([])
      await succeed(subject.register.agreeOnRegistries(enabling(['quay', 'harbor'])))
      expect(await succeed(subject.dueWork.clusters(10, ['quay', 'rhit']))).to.deep.equal([])
      expect(await succeed(subject.dueWork.clusters(10, ['quay', 'rhit', 'harbor']))).to.deep.equal(['cls-abc123'])
    })

    it('shows a decision where the newest configuration has its registries', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      expect((await stored(subject)).scopes).to.equal(undefined)
      const facts = [
        { id: 'quay', scope: 'here', enabled: true, required: true },
        { id: 'rhit', scope: 'there', enabled: false, required: true },
      ]
      await succeed(subject.register.agreeOnRegistries(facts))
      const seen = await stored(subject)
      expect([seen.scopes, seen.enabledRegistries]).to.deep.equal([{ quay: 'here', rhit: 'there' }, ['quay']])
    })

    it('refuses to leave credentials behind, and remembers nothing then', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      await write(subject, clusterBorn(), added(aFreshCredential({ registryId: 'quay', scope: 'here' })))
      const here = { id: 'quay', scope: 'here', enabled: true, required: true }
      await succeed(subject.register.agreeOnRegistries([here]))
      expect(await fail(subject.register.agreeOnRegistries([{ ...here, scope: 'there' }]))).to.deep.equal({
        code: 'SCOPE_CHANGED',
        registryId: 'quay',
        stored: 'here',
        configured: 'there',
        credentials: 1,
        clusterId: 'cls-abc123',
      })
      expect(await fail(subject.register.agreeOnRegistries([]))).to.deep.equal({
        code: 'REGISTRY_MISSING',
        registryId: 'quay',
      })
      expect((await stored(subject)).scopes).to.deep.equal({ quay: 'here' })
    })

    it('makes a cluster due no more once it was looked at since', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      await succeed(subject.register.agreeOnRegistries(enabling(['quay'])))
      await succeed(subject.register.agreeOnRegistries(enabling(['quay', 'harbor'])))
      const { epoch } = await stored(subject)
      await write(subject, clusterBorn(aCluster({ epoch })))
      expect(await succeed(subject.dueWork.clusters(10, ['quay', 'harbor']))).to.deep.equal([])
      await succeed(subject.register.agreeOnRegistries(enabling(['quay', 'harbor', 'rhit'])))
      expect([epoch, (await stored(subject)).epoch]).to.deep.equal([1, 2])
      expect(await succeed(subject.dueWork.clusters(10, ['quay', 'harbor', 'rhit']))).to.deep.equal(['cls-abc123'])
    })

    it('names clusters whose time has come before those that are due by what was enabled, each once', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      await succeed(subject.register.agreeOnRegistries(enabling(['quay'])))
      const born = (id: string, nextAttemptAt?: number) =>
        succeed(
          subject.ledger.change(id, () => E.right(decided(undefined, [clusterBorn(aCluster({ id, nextAttemptAt }))]))),
        )
      await born('cls-a00001')
      await born('cls-b00001', Date.parse('2020-01-01T00:00:00Z'))
      await succeed(subject.register.agreeOnRegistries(enabling(['quay', 'harbor'])))
      const due = (limit: number) => succeed(subject.dueWork.clusters(limit, ['quay', 'harbor']))
      expect([await due(10), await due(1)]).to.deep.equal([['cls-b00001', 'cls-a00001'], ['cls-b00001']])
    })
  })
}
