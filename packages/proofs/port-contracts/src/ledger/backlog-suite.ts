import { type Backlog, type Credential, decided, type Transition } from '@pull-secret/domain'
import { aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { plain, succeed } from '../expectations.ts'
import { activated, added, attempt, clusterBorn, madeReady, noted, withdrawn } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 31)

/** What every adapter of `FleetReads` keeps of what waits. */
export const backlogSuite = (open: OpenLedger): void => {
  describe('as a counter of what waits', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const writeTo = (clusterId: string, ...transitions: ReadonlyArray<Transition>): Promise<void> =>
      succeed(subject.ledger.change(clusterId, () => E.right(decided(undefined, transitions))))
    const backlogOf = async (...registryIds: ReadonlyArray<string>) => {
      const { backlogs, readAt } = await succeed(subject.fleet.backlog(registryIds))
      expect(Math.abs(readAt - Date.now())).to.be.at.most(60_000)
      return plain(backlogs.filter(({ due, stuck }) => due + stuck > 0)) as ReadonlyArray<Backlog>
    }
    const inUse = (row: Credential, given: Partial<Credential>): ReadonlyArray<Transition> => {
      const entry = activated(madeReady(row).after)
      return [added(row), madeReady(row), { ...entry, after: { ...entry.after, ...given } }]
    }
    const of = (clusterId: string, registryId: string, given: Partial<Credential> = {}) =>
      aFreshCredential({
        clusterId,
        vendorName: `${clusterId}-${registryId}`,
        registryId,
        createdAt: start,
        attempts: 1,
        outcome: 'created',
        ...given,
      })

    it('counts what is due at each registry by its work, and says since when', async () => {
      const revoked = of('cls-cccccc', 'quay')
      const leaving = withdrawn(revoked)
      await writeTo(
        'cls-aaaaaa',
        clusterBorn(aCluster({ id: 'cls-aaaaaa' })),
        added(of('cls-aaaaaa', 'quay', { nextAttemptAt: start + day })),
        ...inUse(of('cls-aaaaaa', 'rhit'), { nextAttemptAt: start, nextWork: 'validate' }),
        ...inUse(of('cls-aaaaaa', 'ecr'), { nextAttemptAt: start, nextWork: 'mint', refreshAfter: start }),
      )
      await writeTo(
        'cls-bbbbbb',
        clusterBorn(aCluster({ id: 'cls-bbbbbb' })),
        added(of('cls-bbbbbb', 'quay', { nextAttemptAt: start })),
        ...inUse(of('cls-bbbbbb', 'rhit'), { nextAttemptAt: undefined }),
      )
      await writeTo('cls-cccccc', clusterBorn(aCluster({ id: 'cls-cccccc' })), added(revoked), {
        ...leaving,
        after: { ...leaving.after, nextAttemptAt: start + 2 * day },
      })
      expect(await backlogOf('quay', 'rhit', 'ecr')).to.have.deep.members([
        { registryId: 'quay', work: 'create', due: 2, dueSince: start, stuck: 0 },
        { registryId: 'quay', work: 'revoke', due: 1, dueSince: start + 2 * day, stuck: 0 },
        { registryId: 'rhit', work: 'validate', due: 1, dueSince: start, stuck: 0 },
        { registryId: 'ecr', work: 'mint', due: 1, dueSince: start, stuck: 0 },
      ])
      expect((await backlogOf('rhit')).map(({ registryId }) => registryId)).to.deep.equal(['rhit'])
    })

    it('counts nothing that is not due yet, or that somebody holds', async () => {
      const later = Date.now() + day
      const held = of('cls-bbbbbb', 'quay', { nextAttemptAt: start })
      const lease = { attemptId: attempt(1), takenAt: start, expiresAt: later }
      await writeTo(
        'cls-aaaaaa',
        clusterBorn(aCluster({ id: 'cls-aaaaaa' })),
        added(of('cls-aaaaaa', 'quay', { nextAttemptAt: later })),
      )
      await writeTo(
        'cls-bbbbbb',
        clusterBorn(aCluster({ id: 'cls-bbbbbb' })),
        added(held),
        noted(held, { ...held, fence: 1, lease }),
      )
      expect(await backlogOf('quay')).to.deep.equal([])
    })

    it('counts what waits for somebody apart from it', async () => {
      await writeTo(
        'cls-aaaaaa',
        clusterBorn(aCluster({ id: 'cls-aaaaaa' })),
        added(of('cls-aaaaaa', 'quay', { problem: 'quota', nextAttemptAt: Date.now() + day })),
        added(of('cls-aaaaaa', 'edge', { problem: 'timeout', nextAttemptAt: Date.now() + day })),
        ...inUse(of('cls-aaaaaa', 'rhit'), { problem: 'login_refused', stuckSince: start, nextWork: 'validate' }),
      )
      expect(await backlogOf('quay', 'rhit', 'edge')).to.have.deep.members([
        { registryId: 'quay', work: 'create', due: 0, stuck: 1 },
        { registryId: 'rhit', work: 'validate', due: 0, stuck: 1 },
      ])
    })
  })
}
