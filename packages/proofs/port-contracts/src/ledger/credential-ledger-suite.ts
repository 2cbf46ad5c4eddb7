import { claimOf, type Credential, decided, takeLease, type Transition } from '@pull-secret/domain'
import { aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { fail, plain, reject, succeed } from '../expectations.ts'
import {
  activated,
  added,
  attempt,
  clusterBorn,
  clusterWith,
  leased,
  madeReady,
  noted,
  proved,
  stored,
  withdrawn,
  write,
} from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const clusterId = 'cls-abc123'

/** What every adapter of `CredentialLedger` keeps. */
export const credentialLedgerSuite = (open: OpenLedger): void => {
  describe('as a credential ledger', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const addIfNone = () =>
      subject.ledger.change(clusterId, (ledger) =>
        E.right(ledger.credentials.length > 0 ? decided('present') : decided('added', [added(aFreshCredential())])),
      )
    const rows = async (): Promise<ReadonlyArray<Credential>> => (await stored(subject)).credentials

    it('keeps exactly what a decision wrote', async () => {
      const row = leased({
        vendorId: 'object-1',
        problem: 'timeout',
        expiresAt: 1_800_000_000_123,
        refreshAfter: 1_800_000_000_001,
        username: 'u'.repeat(1024),
      })
      const cluster = aCluster({
        externalId: 'ext-1',
        cloudProvider: 'gcp',
        region: 'us-east1',
        wantedRegistries: ['a', 'b'],
        publishedAt: 1_772_366_400_456,
      })
      await write(subject, clusterBorn(cluster), added(row))
      const ledger = await stored(subject)
      expect(plain(ledger.cluster)).to.deep.equal(plain(cluster))
      expect(plain(ledger.credentials)).to.deep.equal(plain([row]))
    })

    it('gives rows in the order of their registries and generations, to decisions and to readers', async () => {
      const revoking = (given: Partial<Credential>): ReadonlyArray<Transition> => {
        const row = leased(given)
        return [added(row), withdrawn(row)]
      }
      await write(
        subject,
        clusterBorn(),
        ...revoking({ registryId: 'rhit', generation: 1 }),
        ...revoking({ registryId: 'quay', generation: 2, vendorName: 'quay-2' }),
        ...revoking({ registryId: 'quay', generation: 1 }),
        added(leased({ registryId: 'Zot', generation: 1, vendorName: 'zot-1' })),
      )
      const orderOf = (found: ReadonlyArray<Pick<Credential, 'registryId' | 'generation'>>) =>
        found.map(({ registryId, generation }) => `${registryId} ${String(generation)}`)
      const order = ['Zot 1', 'quay 1', 'quay 2', 'rhit 1']
      const view = await succeed(subject.reads.cluster(clusterId))
      expect([orderOf(await rows()), orderOf(view.credentials)]).to.deep.equal([order, order])
    })

    it('writes nothing when the decision is a refusal', async () => {
      const refusal = await fail(
        subject.ledger.change(clusterId, () => E.left({ code: 'CLUSTER_DELETED' as const, clusterId, incarnation: 1 })),
      )
      expect(refusal).to.include({ code: 'CLUSTER_DELETED' })
      expect((await stored(subject)).cluster).to.equal(undefined)
    })

    it('gives the decision everything the cluster owns, and a clock that does not go back', async () => {
      await clusterWith(subject, leased())
      const seen = await succeed(subject.ledger.change(clusterId, (ledger, now) => E.right(decided({ ledger, now }))))
      const later = await succeed(subject.ledger.change(clusterId, (_ledger, now) => E.right(decided(now))))
      expect(seen.ledger.cluster?.id).to.equal(clusterId)
      expect(seen.ledger.credentials).to.have.length(1)
      expect(seen.ledger.generations).to.deep.equal({ quay: 1 })
      expect(later).to.be.at.least(seen.now)
    })

    it('lets simultaneous decisions about one cluster see each other', async () => {
      await write(subject, clusterBorn())
      const answers = await Promise.all(Array.from({ length: 12 }, () => succeed(addIfNone())))
      expect(answers.filter((answer) => answer === 'added')).to.have.length(1)
      expect(await rows()).to.have.length(1)
    })

    it('moves a row under the lease that holds it', async () => {
      const row = await clusterWith(subject, leased())
      const answer = await succeed(
        subject.ledger.record(claimOf(row), (_ledger, held) => decided('moved', [madeReady(held)])),
      )
      expect(answer).to.equal('moved')
      expect((await rows()).map((other) => other.state)).to.deep.equal(['ready'])
    })

    it('lets nobody record without the fence, but keeps what was learnt and makes the row due', async () => {
      const row = await clusterWith(subject, leased())
      await write(
        subject,
        noted(row, takeLease(row, { attemptId: attempt(2), leaseSeconds: 30 }, Date.parse('2026-03-01T12:00:10Z'))),
      )
      const before = await rows()
      const failure = await fail(
        subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [madeReady(held)]), {
          vendorId: 'object-7',
        }),
      )
      await fail(subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [madeReady(held)])))
      const [after] = await rows()
      expect(failure).to.deep.equal({ code: 'FENCE_LOST' })
      expect([after?.state, after?.fence, after?.vendorId]).to.deep.equal(['intended', before[0]?.fence, 'object-7'])
      expect(after?.nextAttemptAt).not.to.equal(before[0]?.nextAttemptAt)
    })

    it('never makes a published row due because somebody came too late', async () => {
      const row = await clusterWith(subject, leased())
      await succeed(
        subject.ledger.record(claimOf(row), (_ledger, held) => {
          const ready = madeReady({ ...held })
          const finished = { ...ready, after: { ...ready.after, lease: undefined, nextAttemptAt: undefined } }
          return decided(undefined, [finished, activated(finished.after)])
        }),
      )
      await fail(subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [madeReady(held)])))
      expect((await rows())[0]?.nextAttemptAt).to.equal(undefined)
    })

    it('lets nobody record under a fence that was raised meanwhile', async () => {
      const row = await clusterWith(subject, leased())
      await write(subject, noted(row, { ...row, fence: row.fence + 1 }))
      expect(
        await fail(subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [madeReady(held)]))),
      ).to.deep.equal({ code: 'FENCE_LOST' })
      expect((await rows()).map((other) => other.state)).to.deep.equal(['intended'])
    })

    it('lets nobody record with another attempt of the same fence', async () => {
      const row = await clusterWith(subject, leased())
      expect(
        await fail(
          subject.ledger.record({ ...claimOf(row), attemptId: attempt(9) }, (_ledger, held) =>
            decided(undefined, [madeReady(held)]),
          ),
        ),
      ).to.deep.equal({ code: 'FENCE_LOST' })
      expect((await rows()).map((other) => other.state)).to.deep.equal(['intended'])
    })

    it('forgets nothing of a revoked row but what is shown: its generation and its name stay used', async () => {
      const row = await clusterWith(subject, leased())
      const revoking = withdrawn(row)
      await write(subject, revoking, proved(revoking.after))
      const seen = await succeed(subject.ledger.change(clusterId, (ledger) => E.right(decided(ledger))))
      expect([seen.credentials, seen.generations]).to.deep.equal([[], { quay: 1 }])
      const again = added(aFreshCredential({ vendorName: row.vendorName, generation: 2 }))
      expect(await fail(subject.ledger.change(clusterId, () => E.right(decided(undefined, [again]))))).to.deep.equal({
        code: 'NAME_DRAWN_TWICE',
      })
      expect(await rows()).to.deep.equal([])
    })

    it('keeps decisions about different clusters apart', async () => {
      await clusterWith(subject, aFreshCredential())
      const other = await stored(subject, 'cls-other1')
      expect([other.clusterId, other.cluster, other.credentials]).to.deep.equal(['cls-other1', undefined, []])
    })

    it('writes nothing and holds nothing when a decision breaks off, which is no outage', async () => {
      await clusterWith(subject, leased())
      await reject(
        subject.ledger.change(clusterId, () => {
          throw new Error('the decision broke off')
        }),
      )
      await succeed(
        subject.ledger.change(clusterId, (ledger) =>
          E.right(
            decided(
              undefined,
              ledger.credentials.map((row) => noted(row, { ...row, problem: 'timeout' })),
            ),
          ),
        ),
      )
      expect((await rows()).map((row) => row.problem)).to.deep.equal(['timeout'])
    })

    it('calls the outcome of a commit unknown whose acknowledgement was lost, and has written it', async () => {
      await write(subject, clusterBorn())
      subject.loseNextCommit('kept')
      expect((await fail(addIfNone())).code).to.equal('LEDGER_OUTCOME_UNKNOWN')
      expect([(await rows()).length, await succeed(addIfNone()), (await rows()).length]).to.deep.equal([
        1,
        'present',
        1,
      ])
    })

    it('calls the outcome of a commit unknown that never arrived, and has written nothing', async () => {
      await write(subject, clusterBorn())
      subject.loseNextCommit('undone')
      expect((await fail(addIfNone())).code).to.equal('LEDGER_OUTCOME_UNKNOWN')
      expect([(await rows()).length, await succeed(addIfNone()), (await rows()).length]).to.deep.equal([0, 'added', 1])
    })
  })
}
