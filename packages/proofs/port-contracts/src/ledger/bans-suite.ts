import { type Ban, decided, type Transition, type ViewedBan } from '@pull-secret/domain'
import { aBan, aCluster } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { endWithoutSuccess, plain, reject, succeed } from '../expectations.ts'
import { added, attempt, banned, clusterBorn, leased, stored, unbanned, withdrawn, write } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const clusterId = 'cls-abc123'
const past = Date.parse('2020-01-01T00:00:00Z')

/** What every ledger keeps of bans, in what it decides on, shows and hands out. */
export const bansSuite = (open: OpenLedger): void => {
  describe('as a keeper of bans', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const view = () => succeed(subject.reads.cluster(clusterId))
    const shownOf = (ban: ViewedBan | undefined) => [ban?.state, ban?.reason, ban?.bannedBy, ban?.bannedAt]
    const deciding = (transition: Transition) =>
      subject.ledger.change(clusterId, () => E.right(decided(undefined, [transition])))
    const dormant = (): Transition => {
      const cluster = aCluster()
      return { kind: 'cluster_noted', before: cluster, after: { ...cluster, dormantSince: cluster.createdAt } }
    }

    it('keeps the ban of an id that has no cluster, and shows it', async () => {
      await write(subject, banned())
      const { cluster, ban } = await stored(subject)
      expect([cluster, plain(ban)]).to.deep.equal([undefined, plain(aBan())])
      expect([(await view()).cluster, ...shownOf((await view()).ban)]).to.deep.equal([undefined, ...shownOf(aBan())])
    })

    it('keeps the ban of a cluster beside its rows, and shows it', async () => {
      await write(subject, clusterBorn(), added(leased()), banned())
      const { cluster, ban, credentials } = await stored(subject)
      expect([cluster?.state, plain(ban), credentials.length]).to.deep.equal(['live', plain(aBan()), 1])
      const seen = await view()
      expect([seen.cluster?.state, ...shownOf(seen.ban), seen.credentials.length]).to.deep.equal([
        'live',
        ...shownOf(aBan()),
        1,
      ])
      const [listed] = await succeed(subject.fleet.clusters({}, undefined, 1))
      expect(shownOf(listed?.ban)).to.deep.equal(shownOf(aBan()))
    })

    it('bans again what was unbanned, and counts each change', async () => {
      const lifted = unbanned(aBan())
      await write(subject, banned(), lifted)
      expect((await stored(subject)).ban).to.include({ state: 'lifted', version: 2 })
      expect((await view()).ban?.state).to.equal('lifted')
      await write(subject, banned(aBan({ reason: 'found again', version: 2 }), lifted.after))
      expect((await stored(subject)).ban).to.include({ state: 'standing', reason: 'found again', version: 3 })
    })

    it('writes no change of a ban that was changed since it was read', async () => {
      const read = aBan()
      await write(subject, banned(read), unbanned(read))
      await endWithoutSuccess(deciding(unbanned(read)))
      await endWithoutSuccess(deciding(banned()))
      const { ban } = await stored(subject)
      expect([ban?.state, ban?.version]).to.deep.equal(['lifted', 2])
    })

    it('refuses a change of a ban that is not legal', async () => {
      const standing = aBan()
      await write(subject, banned(standing))
      await reject(deciding(banned(standing, standing)))
      await reject(deciding(unbanned(aBan({ state: 'lifted' }))))
      expect((await stored(subject)).ban?.version).to.equal(1)
    })

    it('shows no ban of another id', async () => {
      await write(subject, clusterBorn(), banned())
      const other = await succeed(subject.reads.cluster('cls-other1'))
      const decisionOfOther = await stored(subject, 'cls-other1')
      expect([other.ban, decisionOfOther.ban]).to.deep.equal([undefined, undefined])
    })

    it('records each change of a ban with who, and why', async () => {
      const ban: Ban = aBan()
      await write(subject, banned(ban), unbanned(ban))
      const records = (await subject.audit(clusterId)).map(({ record }) => record)
      expect(
        records.map(({ action, kind, metadata }) => [action, kind, metadata['from'], metadata['to']]),
      ).to.deep.equal([
        ['ban', 'change', 'none', 'standing'],
        ['unban', 'change', 'standing', 'lifted'],
      ])
      expect(records[0]?.metadata).to.include({ rule: 'B1', ban_reason: ban.reason })
      expect(records.map(({ subject }) => subject)).to.deep.equal(['adapter', 'adapter'])
    })

    it('keeps since when a cluster is dormant, and calls its revocations urgent', async () => {
      const row = leased()
      const revoking = withdrawn(row)
      const due = { ...revoking, after: { ...revoking.after, nextAttemptAt: past } }
      await write(subject, clusterBorn(), added(row), banned(), due, dormant())
      expect((await stored(subject)).cluster?.dormantSince).to.equal(aCluster().createdAt)
      const claimed = await succeed(
        subject.dueWork.claim({
          terms: {
            registryId: row.registryId,
            scope: row.scope,
            leaseSeconds: 30,
            landingWindowSeconds: 900,
            mayRepeatUnknown: true,
            mayCreate: true,
          },
          kind: 'obligations',
          attemptIds: [attempt(9)],
        }),
      )
      expect(claimed.map(({ purpose, isUrgent }) => [purpose, isUrgent])).to.deep.equal([['revoke', true]])
    })
  })
}
