import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { canonicalAuditText, chainStart, claimOf, decided, takeCreatingLease, takeLease, type Credential } from '@pull-secret/domain'
import { createHash } from 'node:crypto'
import { aCause } from '../builders/a-cause.ts'
import { aCluster } from '../builders/a-cluster.ts'
import { aCredential } from '../builders/a-credential.ts'
import { fail, plain, reject, succeed } from '../expectations.ts'
import { activated, added, clusterBorn, clusterWith, madeReady, noted, proved, stored, withdrawn, write } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const clusterId = 'cls-abc123'
const attempt = (seed: number): string => `00000000-0000-4000-9000-${seed.toString().padStart(12, '0')}`

const shownOfCluster = ['state', 'incarnation', 'externalId', 'wantsAllRegistries', 'wantedRegistries', 'sealedFingerprintKey', 'publishedAt'] as const

const shownOfCredential = [
  'id', 'registryId', 'generation', 'state', 'attempts', 'settlesAt', 'nextAttemptAt', 'revocations', 'problem', 'stuckSince',
  'username', 'sealedToken', 'expiresAt', 'refreshAfter', 'createdAt',
] as const

const shown = <Key extends string>(of: Readonly<Partial<Record<Key, unknown>>> | undefined, keys: ReadonlyArray<Key>) => keys.map((key) => [key, of?.[key]])

/** What every adapter of `CredentialLedger` and `LedgerReads` keeps. */
export const credentialLedgerSuite = (open: OpenLedger): void => {
  describe('as a credential ledger', () => {
    let subject: LedgerSubject
    beforeEach(async () => { subject = await open() })
    afterEach(async () => { await subject.close() })

    const rows = async (): Promise<ReadonlyArray<Credential>> => (await stored(subject)).credentials
    const leased = (given: Partial<Credential> = {}): Credential =>
      takeCreatingLease(aCredential(given), { attemptId: attempt(1), leaseSeconds: 30, landingWindowSeconds: 900 }, Date.parse('2026-03-01T12:00:00Z'))

    it('knows nothing of a cluster that was never heard of', async () => {
      expect(await succeed(subject.reads.cluster(clusterId))).to.deep.include({ clusterId, cluster: undefined, credentials: [] })
    })

    it('shows exactly what a decision wrote', async () => {
      const row = leased({ vendorId: 'object-1', problem: 'timeout', expiresAt: 1_800_000_000_123, refreshAfter: 1_800_000_000_001 })
      const cluster = aCluster({ externalId: 'ext-1', cloudProvider: 'gcp', region: 'us-east1', wantedRegistries: ['a', 'b'], publishedAt: 1_772_366_400_456 })
      await write(subject, clusterBorn(cluster), added(row))
      const ledger = await stored(subject)
      expect(plain(ledger.cluster)).to.deep.equal(plain(cluster))
      expect(plain(ledger.credentials)).to.deep.equal(plain([row]))
    })

    it('shows an answer what a decision wrote, and every row that is not revoked', async () => {
      const row = leased({ vendorId: 'object-1', problem: 'timeout', expiresAt: 1_800_000_000_123, refreshAfter: 1_800_000_000_001, revocations: 3, stuckSince: 1_772_366_400_789 })
      const other = aCredential({ registryId: 'rhit', username: 'org+robot', sealedToken: 'sealed', attempts: 1, outcome: 'created' })
      const cluster = aCluster({ externalId: 'ext-1', wantedRegistries: ['a', 'b'], sealedFingerprintKey: 'sealed-key', publishedAt: 1_772_366_400_456 })
      await write(subject, clusterBorn(cluster), added(row), added(other), added(aCredential({ registryId: 'gone', vendorName: 'gone' })))
      const gone = (await rows()).find((entry) => entry.registryId === 'gone')
      if (gone === undefined) throw new Error('a row was written')
      await write(subject, withdrawn(gone), proved(withdrawn(gone).after))
      const view = await succeed(subject.reads.cluster(clusterId))
      expect(plain(shown(view.cluster, shownOfCluster))).to.deep.equal(plain(shown(cluster, shownOfCluster)))
      const inOrder = [...view.credentials].sort((one, next) => (one.registryId < next.registryId ? -1 : 1))
      expect(plain(inOrder.map((entry) => shown(entry, shownOfCredential)))).to.deep.equal(plain([row, other].map((entry) => shown(entry, shownOfCredential))))
      expect(inOrder.map((entry) => entry.lease?.expiresAt)).to.deep.equal([row.lease?.expiresAt, undefined])
    })

    it('shows a cluster without rows', async () => {
      await write(subject, clusterBorn())
      const view = await succeed(subject.reads.cluster(clusterId))
      expect([view.cluster?.state, view.credentials]).to.deep.equal(['live', []])
    })

    it('writes nothing when the decision is a refusal', async () => {
      const refusal = await fail(subject.ledger.change(clusterId, () => E.left({ code: 'CLUSTER_DELETED' as const, clusterId, incarnation: 1 })))
      expect(refusal).to.include({ code: 'CLUSTER_DELETED' })
      expect([(await succeed(subject.reads.cluster(clusterId))).cluster, await subject.audit(clusterId)]).to.deep.equal([undefined, []])
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
      const addIfNone = () => subject.ledger.change(clusterId, (ledger) =>
        E.right(ledger.credentials.length > 0 ? decided('present') : decided('added', [added(aCredential())])))
      const answers = await Promise.all(Array.from({ length: 12 }, () => succeed(addIfNone())))
      expect(answers.filter((answer) => answer === 'added')).to.have.length(1)
      expect(await rows()).to.have.length(1)
    })

    it('keeps decisions about different clusters apart', async () => {
      await clusterWith(subject, aCredential())
      expect((await succeed(subject.reads.cluster('cls-other1'))).credentials).to.deep.equal([])
    })

    it('writes one change record per state change, none for a note, and one event per event', async () => {
      const row = leased()
      const ready = madeReady(row)
      await write(subject, clusterBorn(), added(row), noted(row, { ...row, problem: 'timeout' }))
      await succeed(subject.ledger.record(claimOf(row), () => decided(undefined, [ready, activated(ready.after)], [
        { cause: aCause(), action: 'create', outcome: 'failure', credential: row, metadata: { problem: 'throttled' } },
      ])))
      const records = (await subject.audit(clusterId)).map((entry) => entry.record)
      expect(records.map((record) => [record.kind, record.metadata['rule'] ?? record.metadata['problem']])).to.deep.equal([
        ['change', 'K1'], ['change', 'C1'], ['change', 'C3'], ['change', 'C7'], ['event', 'throttled'],
      ])
      expect(records[2]).to.deep.include({ ...aCause(), action: 'create', outcome: 'success', clusterId, credentialId: row.id, registryId: 'quay' })
    })

    it('chains the records of a cluster, each hash covering the one before', async () => {
      const row = await clusterWith(subject, leased())
      await write(subject, withdrawn(row))
      const entries = await subject.audit(clusterId)
      expect(entries.map((entry) => entry.sequence)).to.deep.equal([1, 2, 3])
      entries.reduce((previous, entry) => {
        const expected = createHash('sha256').update(canonicalAuditText(entry.record, entry.sequence, previous)).digest('hex')
        expect(entry.hash).to.equal(expected)
        return expected
      }, chainStart)
    })

    it('moves a row under the lease that holds it', async () => {
      const row = await clusterWith(subject, leased())
      const answer = await succeed(subject.ledger.record(claimOf(row), (_ledger, held) => decided('moved', [madeReady(held)])))
      expect(answer).to.equal('moved')
      expect((await rows()).map((other) => other.state)).to.deep.equal(['ready'])
    })

    it('lets nobody record without the fence, but keeps what was learnt and makes the row due', async () => {
      const row = await clusterWith(subject, leased())
      await write(subject, noted(row, takeLease(row, { attemptId: attempt(2), leaseSeconds: 30 }, Date.parse('2026-03-01T12:00:10Z'))))
      const before = await rows()
      const failure = await fail(subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [madeReady(held)]), { vendorId: 'object-7' }))
      const [after] = await rows()
      expect(failure).to.deep.equal({ code: 'FENCE_LOST' })
      expect([after?.state, after?.fence, after?.vendorId]).to.deep.equal(['intended', before[0]?.fence, 'object-7'])
      expect(after?.nextAttemptAt).not.to.equal(before[0]?.nextAttemptAt)
    })

    it('never makes a published row due because somebody came too late', async () => {
      const row = await clusterWith(subject, leased())
      await succeed(subject.ledger.record(claimOf(row), (_ledger, held) => {
        const ready = madeReady({ ...held })
        const finished = { ...ready, after: { ...ready.after, lease: undefined, nextAttemptAt: undefined } }
        return decided(undefined, [finished, activated(finished.after)])
      }))
      await fail(subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [madeReady(held)])))
      expect((await rows())[0]?.nextAttemptAt).to.equal(undefined)
    })

    it('lets nobody record with another attempt of the same fence', async () => {
      const row = await clusterWith(subject, leased())
      expect(await fail(subject.ledger.record({ ...claimOf(row), attemptId: attempt(9) }, (_ledger, held) => decided(undefined, [madeReady(held)])))).to.deep.equal({ code: 'FENCE_LOST' })
      expect((await rows()).map((other) => other.state)).to.deep.equal(['intended'])
    })

    it('forgets nothing of a revoked row but what is shown: its generation and its name stay used', async () => {
      const row = await clusterWith(subject, leased())
      const revoking = withdrawn(row)
      await write(subject, revoking, proved(revoking.after))
      const seen = await succeed(subject.ledger.change(clusterId, (ledger) => E.right(decided(ledger))))
      expect([seen.credentials, seen.generations]).to.deep.equal([[], { quay: 1 }])
      await reject(subject.ledger.change(clusterId, () => E.right(decided(undefined, [added(aCredential({ vendorName: row.vendorName, generation: 2 }))]))))
    })

    it('refuses a decision with an illegal step, whole', async () => {
      const row = await clusterWith(subject, leased())
      await reject(subject.ledger.change(clusterId, () => E.right(decided(undefined, [
        noted(row, { ...row, problem: 'timeout' }), { ...activated(row), before: row },
      ]))))
      expect((await rows()).map((other) => [other.state, other.problem])).to.deep.equal([['intended', undefined]])
      expect(await subject.audit(clusterId)).to.have.length(2)
    })

    it('holds at most one active and one unpublished row per cluster and registry', async () => {
      await write(subject, clusterBorn(), added(leased()))
      await reject(subject.ledger.change(clusterId, () => E.right(decided(undefined, [added(leased({ generation: 2 }))]))))
      const [first] = await rows()
      if (first === undefined) throw new Error('the row is gone')
      const ready = madeReady(first)
      await write(subject, ready, activated(ready.after))
      const second = leased({ generation: 2 })
      const secondReady = madeReady(second)
      await reject(subject.ledger.change(clusterId, () => E.right(decided(undefined, [added(second), secondReady, activated(secondReady.after)]))))
      expect((await rows()).map((row) => row.state)).to.deep.equal(['active'])
    })

    it('lists what a shared object must hold: attempted rows that are not being revoked, in the order of their names', async () => {
      const gone = leased({ registryId: 'file', vendorName: 'user-0', clusterId, generation: 1 })
      const second = leased({ registryId: 'file', vendorName: 'user-2', generation: 2 })
      const ready = madeReady(second)
      await write(subject, clusterBorn(), added(gone), withdrawn(gone), added(second), ready, activated(ready.after))
      await write(subject, added(leased({ registryId: 'file', vendorName: 'user-1', generation: 3 })), added(leased({ registryId: 'other', vendorName: 'user-3' })))
      expect((await succeed(subject.reads.sharedObjectRows('file'))).map((row) => row.vendorName)).to.deep.equal(['user-1', 'user-2'])
    })

    it('answers a ping', async () => {
      await succeed(subject.reads.ping)
    })
  })
}
