import { type AuditEvent, claimOf, decided, takeLease } from '@pull-secret/domain'
import { aCause, aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { fail, reject, succeed } from '../expectations.ts'
import { brokenLinks, rulesOf, sequences } from './audit-chain.ts'
import {
  activated,
  added,
  attempt,
  clusterBorn,
  clusterWith,
  leased,
  madeReady,
  noted,
  withdrawn,
  write,
} from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger, StoredAudit } from './ledger-subject.ts'

const clusterId = 'cls-abc123'

const anEvent = (problem: string): AuditEvent => ({
  cause: aCause(),
  action: 'create',
  outcome: 'failure',
  metadata: { problem },
})

/**
 * What every ledger keeps of its audit: the record is made in the same transaction as the change, and nobody alters
 * it unseen.
 */
export const auditSuite = (open: OpenLedger): void => {
  describe('as a keeper of the audit', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const chain = (): Promise<ReadonlyArray<StoredAudit>> => subject.audit(clusterId)

    it('writes one change record per state change, none for a note, and one event per event', async () => {
      const row = leased()
      await write(subject, clusterBorn(), added(row), noted(row, { ...row, problem: 'timeout' }))
      await succeed(
        subject.ledger.record(claimOf(row), (_ledger, held) => {
          const ready = madeReady(held)
          return decided(undefined, [ready, activated(ready.after)], [anEvent('throttled')])
        }),
      )
      const records = (await chain()).map((entry) => entry.record)
      expect(
        records.map((record) => [record.kind, record.metadata['rule'] ?? record.metadata['problem']]),
      ).to.deep.equal([
        ['change', 'K1'],
        ['change', 'C1'],
        ['change', 'C3'],
        ['change', 'C7'],
        ['event', 'throttled'],
      ])
    })

    it('records who asked, why, in which request, what became of which row', async () => {
      const row = await clusterWith(subject, leased())
      await succeed(subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [madeReady(held)])))
      expect((await chain())[2]?.record).to.deep.include({
        ...aCause(),
        kind: 'change',
        action: 'create',
        outcome: 'success',
        clusterId,
        credentialId: row.id,
        registryId: 'quay',
      })
    })

    it("dates a record by the ledger's own clock, as the decision was told it", async () => {
      await write(subject, clusterBorn())
      const told = await succeed(
        subject.ledger.change(clusterId, (_ledger, now) => E.right(decided(now, [], [anEvent('throttled')]))),
      )
      expect((await chain()).at(-1)?.record.at).to.equal(told)
    })

    it('numbers the records of a cluster from 1, without a gap', async () => {
      const row = await clusterWith(subject, leased())
      await write(subject, withdrawn(row))
      expect(sequences(await chain())).to.deep.equal([1, 2, 3])
    })

    it('chains the records of a cluster, each hash covering the one before', async () => {
      const row = await clusterWith(subject, leased())
      await write(subject, withdrawn(row))
      const entries = await chain()
      expect([entries.length, brokenLinks(entries)]).to.deep.equal([3, []])
    })

    it('keeps one unbroken chain under simultaneous decisions', async () => {
      await write(subject, clusterBorn())
      const tell = (index: number) =>
        subject.ledger.change(clusterId, () =>
          E.right(decided(undefined, [], [anEvent(`one ${String(index)}`), anEvent(`two ${String(index)}`)])),
        )
      await Promise.all(Array.from({ length: 12 }, (_, index) => succeed(tell(index))))
      const entries = await chain()
      expect(sequences(entries)).to.deep.equal(Array.from({ length: 25 }, (_, index) => index + 1))
      expect([brokenLinks(entries), new Set(rulesOf(entries)).size]).to.deep.equal([[], 25])
    })

    it('gives every cluster a chain of its own', async () => {
      await write(subject, clusterBorn())
      await succeed(
        subject.ledger.change('cls-other1', () =>
          E.right(decided(undefined, [clusterBorn(aCluster({ id: 'cls-other1' }))])),
        ),
      )
      const other = await subject.audit('cls-other1')
      expect([sequences(await chain()), sequences(other), brokenLinks(other)]).to.deep.equal([[1], [1], []])
    })

    it('changes nothing that it has recorded', async () => {
      const row = await clusterWith(subject, leased())
      const before = await chain()
      await write(subject, withdrawn(row))
      expect((await chain()).slice(0, before.length)).to.deep.equal(before)
    })

    it('records nothing of a decision that is a refusal', async () => {
      await fail(
        subject.ledger.change(clusterId, () => E.left({ code: 'CLUSTER_DELETED' as const, clusterId, incarnation: 1 })),
      )
      expect(await chain()).to.deep.equal([])
    })

    it('records nothing of a decision that could not be written whole', async () => {
      await clusterWith(subject, leased())
      await reject(
        subject.ledger.change(clusterId, () =>
          E.right(
            decided(
              undefined,
              [
                added(aFreshCredential({ registryId: 'rhit' })),
                added(aFreshCredential({ registryId: 'quay', vendorName: 'second' })),
              ],
              [anEvent('throttled')],
            ),
          ),
        ),
      )
      expect(rulesOf(await chain())).to.deep.equal(['K1', 'C1'])
    })

    it('records nothing of a holder that has lost its fence', async () => {
      const row = await clusterWith(subject, leased())
      await write(
        subject,
        noted(row, takeLease(row, { attemptId: attempt(2), leaseSeconds: 30 }, Date.parse('2026-03-01T12:00:10Z'))),
      )
      await fail(
        subject.ledger.record(
          claimOf(row),
          (_ledger, held) => decided(undefined, [madeReady(held)], [anEvent('throttled')]),
          { vendorId: 'object-7' },
        ),
      )
      expect(rulesOf(await chain())).to.deep.equal(['K1', 'C1'])
    })

    it('keeps the record of a commit whose acknowledgement was lost', async () => {
      subject.loseNextCommit('kept')
      await fail(
        subject.ledger.change(clusterId, () => E.right(decided(undefined, [clusterBorn()], [anEvent('throttled')]))),
      )
      expect(rulesOf(await chain())).to.deep.equal(['K1', 'throttled'])
    })

    it('keeps no record of a commit that never arrived', async () => {
      subject.loseNextCommit('undone')
      await fail(
        subject.ledger.change(clusterId, () => E.right(decided(undefined, [clusterBorn()], [anEvent('throttled')]))),
      )
      await write(subject, clusterBorn())
      const entries = await chain()
      expect([rulesOf(entries), sequences(entries), brokenLinks(entries)]).to.deep.equal([['K1'], [1], []])
    })
  })
}
