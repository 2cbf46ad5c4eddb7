import {
  type ClaimTerms,
  type Credential,
  decided,
  type DueKind,
  takeCreatingLease,
  takeLease,
} from '@pull-secret/domain'
import { aCause, aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { plain, succeed } from '../expectations.ts'
import {
  activated,
  added,
  clusterBorn,
  clusterEnding,
  madeReady,
  noted,
  stored,
  withdrawn,
  write,
} from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const past = Date.parse('2020-01-01T00:00:00Z')
const future = Date.parse('2100-01-01T00:00:00Z')

const terms = (given: Partial<ClaimTerms> = {}): ClaimTerms => ({
  registryId: 'quay',
  scope: 'https://quay.example.com|org',
  leaseSeconds: 30,
  landingWindowSeconds: 900,
  mayCreate: true,
  mayRepeatUnknown: true,
  ...given,
})

const attempts = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `00000000-0000-4000-a000-${String(index + 1).padStart(12, '0')}`)

/** What every adapter of `DueWork` keeps. */
export const dueWorkSuite = (open: OpenLedger): void => {
  describe('as a finder of due work', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const claim = (count = 10, given: Partial<ClaimTerms> = {}, kind: DueKind = 'obligations') =>
      succeed(subject.dueWork.claim({ terms: terms(given), kind, attemptIds: attempts(count) }))
    const storePublished = async (given: Partial<Credential>): Promise<void> => {
      const row = aFreshCredential({ attempts: 1, outcome: 'created' })
      const ready = madeReady(row)
      const entry = activated(ready.after)
      await write(subject, clusterBorn(), added(row), ready, { ...entry, after: { ...entry.after, ...given } })
    }
    const store = async (...rows: ReadonlyArray<Credential>): Promise<void> => {
      await write(subject, clusterBorn(), ...rows.map(added))
    }
    /** A row that is due, of a cluster of its own, at one registry. */
    const storeApart = async (number: number, nextAttemptAt = past): Promise<string> => {
      const clusterId = `cls-apart${String(number)}`
      const row = aFreshCredential({ clusterId, nextAttemptAt })
      await succeed(
        subject.ledger.change(clusterId, () =>
          E.right(decided(undefined, [clusterBorn(aCluster({ id: clusterId })), added(row)])),
        ),
      )
      return clusterId
    }
    const storeManyApart = (count: number): Promise<ReadonlyArray<string>> =>
      Promise.all(Array.from({ length: count }, (_, index) => storeApart(index)))
    const revokingRow = (given: Partial<Credential>): [Credential, Credential] => {
      const row = aFreshCredential({ attempts: 1, outcome: 'created', ...given })
      return [row, { ...withdrawn(row).after, nextAttemptAt: given.nextAttemptAt }]
    }

    it('claims nothing where nothing is due', async () => {
      await store(aFreshCredential({ nextAttemptAt: future }))
      expect(await claim()).to.deep.equal([])
    })

    it('takes a creating lease on a due intended row', async () => {
      const row = aFreshCredential({ nextAttemptAt: past, attempts: 1, outcome: 'unknown', settlesAt: past, fence: 4 })
      await store(row)
      const [work] = await claim()
      if (work === undefined) throw new Error('nothing was claimed')
      const takenAt = work.credential.lease?.takenAt ?? 0
      expect(work.purpose).to.equal('create')
      expect(plain(work.credential)).to.deep.equal(
        plain({
          ...takeCreatingLease(
            row,
            { attemptId: attempts(1)[0] ?? '', leaseSeconds: 30, landingWindowSeconds: 900 },
            takenAt,
          ),
          version: 2,
        }),
      )
      expect(plain((await stored(subject)).credentials)).to.deep.equal([plain(work.credential)])
    })

    it('never shortens the time until a row is settled', async () => {
      await store(aFreshCredential({ nextAttemptAt: past, settlesAt: future }))
      expect((await claim())[0]?.credential.settlesAt).to.equal(future)
    })

    it('takes a plain lease on a row that is being revoked', async () => {
      const [row, revoking] = revokingRow({ nextAttemptAt: past, settlesAt: past })
      await write(subject, clusterBorn(), added(row), { ...withdrawn(row), after: revoking })
      const [work] = await claim()
      if (work === undefined) throw new Error('nothing was claimed')
      expect(work.purpose).to.equal('revoke')
      expect(plain(work.credential)).to.deep.equal(
        plain({
          ...takeLease(
            revoking,
            { attemptId: attempts(1)[0] ?? '', leaseSeconds: 30 },
            work.credential.lease?.takenAt ?? 0,
          ),
          version: 3,
        }),
      )
    })

    it('gives a row up, without an attempt, where its outcome is unknown and may not be repeated', async () => {
      await store(aFreshCredential({ nextAttemptAt: past, attempts: 1, outcome: 'unknown', settlesAt: past }))
      const [work] = await claim(1, { mayRepeatUnknown: false })
      expect([work?.purpose, work?.credential.attempts, work?.credential.settlesAt]).to.deep.equal(['abandon', 1, past])
    })

    it('attempts a row that was refused, even where unknown outcomes may not be repeated', async () => {
      await store(aFreshCredential({ nextAttemptAt: past, attempts: 1, outcome: 'refused_at_first_step' }))
      expect(
        (await claim(1, { mayRepeatUnknown: false })).map((work) => [work.purpose, work.credential.outcome]),
      ).to.deep.equal([['create', 'unknown']])
    })

    it('gives a row up where its registry creates no more', async () => {
      await store(aFreshCredential({ nextAttemptAt: past }))
      expect((await claim(1, { mayCreate: false })).map((work) => work.purpose)).to.deep.equal(['abandon'])
    })

    it('leaves a row alone that somebody holds', async () => {
      const row = aFreshCredential({ nextAttemptAt: past })
      await store(row)
      await write(
        subject,
        noted(row, { ...row, fence: 1, lease: { attemptId: attempts(1)[0] ?? '', takenAt: past, expiresAt: future } }),
      )
      expect(await claim()).to.deep.equal([])
    })

    it('takes over a row whose holder let its lease expire', async () => {
      const row = aFreshCredential({ nextAttemptAt: past })
      await store(row)
      await write(
        subject,
        noted(row, { ...row, fence: 1, lease: { attemptId: attempts(9)[8] ?? '', takenAt: past, expiresAt: past } }),
      )
      expect((await claim()).map((work) => work.credential.fence)).to.deep.equal([2])
    })

    it('claims a published row when its token must be minted again, for an attempt that may create', async () => {
      await storePublished({ nextAttemptAt: past, nextWork: 'mint' })
      const [work] = await claim()
      expect([work?.purpose, work?.credential.state, work?.credential.outcome]).to.deep.equal([
        'mint',
        'active',
        'unknown',
      ])
      expect(await claim()).to.deep.equal([])
    })

    it('gives a look at what is in use to whoever asks for looks, and nothing else', async () => {
      await storePublished({ nextAttemptAt: past, nextWork: 'validate', refreshAfter: future })
      await storeApart(1)
      expect((await claim()).map(({ purpose }) => purpose)).to.deep.equal(['create'])
      expect((await claim(10, {}, 'looks')).map(({ purpose }) => purpose)).to.deep.equal(['validate'])
    })

    it('never has a token that must be minted again wait behind looks', async () => {
      await storePublished({ nextAttemptAt: past, nextWork: 'validate', refreshAfter: past })
      expect(await claim(10, {}, 'looks')).to.deep.equal([])
      expect((await claim()).map(({ purpose }) => purpose)).to.deep.equal(['mint'])
    })

    it('calls urgent what belongs to a cluster that was asked to be deleted', async () => {
      await storeApart(1)
      const [row, revoking] = revokingRow({ nextAttemptAt: past, settlesAt: past })
      await write(subject, clusterBorn(), added(row), { ...withdrawn(row), after: revoking }, clusterEnding(aCluster()))
      expect((await claim()).map(({ purpose, isUrgent }) => [purpose, isUrgent])).to.have.deep.members([
        ['create', false],
        ['revoke', true],
      ])
    })

    it('leaves rows of other registries and of other scopes alone', async () => {
      await store(
        aFreshCredential({ nextAttemptAt: past, scope: 'elsewhere' }),
        aFreshCredential({ nextAttemptAt: past, registryId: 'rhit' }),
      )
      expect(await claim()).to.deep.equal([])
    })

    it('gives the rows due longest first, and no more than it was asked for', async () => {
      for (const order of [3, 1, 2]) await storeApart(order, past + order)
      expect((await claim(2)).map(({ credential }) => credential.clusterId)).to.deep.equal(['cls-apart1', 'cls-apart2'])
    })

    it('never gives one row to two claims', async () => {
      await storeManyApart(30)
      const batches = await Promise.all(Array.from({ length: 6 }, () => claim(10)))
      const ids = batches.flat().map(({ credential }) => credential.id)
      expect(new Set(ids).size).to.equal(ids.length)
      expect(ids.length + (await claim(30)).length).to.equal(30)
    })

    it('lets decisions about a cluster and claims of its rows go on side by side', async () => {
      const clusterIds = await storeManyApart(5)
      const note = (clusterId: string) =>
        succeed(
          subject.ledger.change(clusterId, (ledger) =>
            E.right(
              decided(
                undefined,
                ledger.credentials.map((row) => noted(row, { ...row, problem: 'throttled', fence: row.fence + 1 })),
              ),
            ),
          ),
        )
      const claims = () => claim(5, { leaseSeconds: 0 }).then(() => undefined)
      await Promise.all(clusterIds.flatMap((clusterId) => [note(clusterId), claims(), claims()]))
      const problems = await Promise.all(
        clusterIds.map(async (id) => (await stored(subject, id)).credentials.map(({ problem }) => problem)),
      )
      expect(problems).to.deep.equal(clusterIds.map(() => ['throttled']))
    })

    it('names the live clusters that are due, longest due first', async () => {
      const born = (id: string, nextAttemptAt: number | undefined) =>
        succeed(
          subject.ledger.change(id, () => ({
            _tag: 'Right',
            right: { answer: undefined, events: [], transitions: [clusterBorn(aCluster({ id, nextAttemptAt }))] },
          })),
        )
      await born('cls-later1', past + 5)
      await born('cls-early1', past)
      await born('cls-future', future)
      await born('cls-never1', undefined)
      const deleted = aCluster({ id: 'cls-gone01', state: 'deleted', nextAttemptAt: past })
      await succeed(
        subject.ledger.change(deleted.id, () =>
          E.right(
            decided(undefined, [
              { kind: 'cluster_moved', rule: 'K5', before: undefined, after: deleted, cause: aCause() },
            ]),
          ),
        ),
      )
      expect(await succeed(subject.dueWork.clusters(10, ['quay', 'rhit', 'harbor']))).to.deep.equal([
        'cls-early1',
        'cls-later1',
      ])
      expect(await succeed(subject.dueWork.clusters(1, ['quay', 'rhit', 'harbor']))).to.deep.equal(['cls-early1'])
    })
  })
}
