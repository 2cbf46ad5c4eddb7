import { type Cluster, decided } from '@pull-secret/domain'
import { aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { plain, succeed } from '../expectations.ts'
import {
  activated,
  added,
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

const shownOfCluster = [
  'state',
  'incarnation',
  'externalId',
  'wantsAllRegistries',
  'wantedRegistries',
  'sealedFingerprintKey',
  'publishedAt',
  'servedRegistries',
] as const

const shownOfCredential = [
  'id',
  'registryId',
  'scope',
  'generation',
  'state',
  'attempts',
  'settlesAt',
  'nextAttemptAt',
  'tries',
  'problem',
  'stuckSince',
  'username',
  'sealedToken',
  'expiresAt',
  'refreshAfter',
  'createdAt',
] as const

const shown = <Key extends string>(of: Readonly<Partial<Record<Key, unknown>>> | undefined, keys: ReadonlyArray<Key>) =>
  keys.map((key) => [key, of?.[key]])

/** What every adapter of `LedgerReads` keeps. */
export const readsSuite = (open: OpenLedger): void => {
  describe('as a reader of the ledger', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const sharedNames = async (registryId: string) =>
      (await succeed(subject.reads.sharedObjectRows(registryId))).map((row) => row.vendorName)

    it("tells when a cluster was read, by the ledger's own clock", async () => {
      await write(subject, clusterBorn())
      const tell = () => succeed(subject.ledger.change(clusterId, (_ledger, at) => E.right(decided(at))))
      const before = await tell()
      const { readAt } = await succeed(subject.reads.cluster(clusterId))
      expect(readAt).to.be.within(before, await tell())
    })

    it('knows nothing of a cluster that was never heard of', async () => {
      expect(await succeed(subject.reads.cluster(clusterId))).to.deep.include({
        clusterId,
        cluster: undefined,
        credentials: [],
      })
    })

    it('shows an answer what a decision wrote, and every row that is not revoked', async () => {
      const row = leased({
        vendorId: 'object-1',
        problem: 'timeout',
        expiresAt: 1_800_000_000_123,
        refreshAfter: 1_800_000_000_001,
        tries: 3,
        stuckSince: 1_772_366_400_789,
      })
      const other = aFreshCredential({
        registryId: 'rhit',
        username: 'org+robot',
        sealedToken: 'sealed',
        attempts: 1,
        outcome: 'created',
      })
      const cluster = aCluster({
        externalId: 'ext-1',
        wantedRegistries: ['a', 'b'],
        sealedFingerprintKey: 'sealed-key',
        publishedAt: 1_772_366_400_456,
      })
      await write(
        subject,
        clusterBorn(cluster),
        added(row),
        added(other),
        added(aFreshCredential({ registryId: 'gone', vendorName: 'gone' })),
      )
      const gone = (await stored(subject)).credentials.find((entry) => entry.registryId === 'gone')
      if (gone === undefined) throw new Error('a row was written')
      await write(subject, withdrawn(gone), proved(withdrawn(gone).after))
      const view = await succeed(subject.reads.cluster(clusterId))
      expect(plain(shown(view.cluster, shownOfCluster))).to.deep.equal(plain(shown(cluster, shownOfCluster)))
      const inOrder = [...view.credentials].sort((one, next) => (one.registryId < next.registryId ? -1 : 1))
      expect(plain(inOrder.map((entry) => shown(entry, shownOfCredential)))).to.deep.equal(
        plain([row, other].map((entry) => shown(entry, shownOfCredential))),
      )
      expect(inOrder.map((entry) => entry.lease?.expiresAt)).to.deep.equal([row.lease?.expiresAt, undefined])
    })

    it('shows a cluster without rows', async () => {
      await write(subject, clusterBorn())
      const view = await succeed(subject.reads.cluster(clusterId))
      expect([view.cluster?.state, view.credentials]).to.deep.equal(['live', []])
    })

    it('shows until a cluster is published what the newest configuration requires', async () => {
      await succeed(subject.register.agreeOn('prod-1'))
      const required = async () => (await succeed(subject.reads.cluster(clusterId))).requiredRegistries
      const cluster = aCluster()
      await write(subject, clusterBorn(cluster))
      expect(await required()).to.equal(undefined)
      await succeed(subject.register.agreeOnRegistries([{ id: 'quay', scope: 'here', enabled: true, required: true }]))
      expect(await required()).to.deep.equal(['quay'])
      const published = { ...cluster, publishedAt: cluster.createdAt }
      await write(subject, { kind: 'cluster_noted', before: cluster, after: published })
      expect(await required()).to.equal(undefined)
    })

    it('shows nothing of another cluster', async () => {
      await clusterWith(subject, aFreshCredential())
      expect((await succeed(subject.reads.cluster('cls-other1'))).credentials).to.deep.equal([])
    })

    it('lists what a shared object must hold: attempted rows that are not being revoked', async () => {
      const gone = leased({ registryId: 'file', vendorName: 'user-0', generation: 1 })
      const published = leased({ registryId: 'file', vendorName: 'user-2', generation: 2 })
      const ready = madeReady(published)
      await write(subject, clusterBorn(), added(gone), withdrawn(gone), added(published), ready, activated(ready.after))
      await write(subject, added(leased({ registryId: 'file', vendorName: 'user-1', generation: 3 })))
      await write(
        subject,
        added(aFreshCredential({ registryId: 'other', vendorName: 'user-3' })),
        added(leased({ registryId: 'third', vendorName: 'user-4' })),
      )
      expect(await sharedNames('file')).to.have.members(['user-1', 'user-2'])
      expect(await sharedNames('other')).to.deep.equal([])
    })

    it('lists it in the order of the names, whichever clusters they belong to', async () => {
      const one = aCluster({ id: 'cls-aaaaaa' })
      const other = aCluster({ id: 'cls-bbbbbb' })
      const born = (cluster: Cluster, vendorName: string) =>
        succeed(
          subject.ledger.change(cluster.id, () =>
            E.right(
              decided(undefined, [
                clusterBorn(cluster),
                added(leased({ clusterId: cluster.id, registryId: 'file', vendorName })),
              ]),
            ),
          ),
        )
      await born(one, 'user-b')
      await born(other, 'user-a')
      expect(await sharedNames('file')).to.deep.equal(['user-a', 'user-b'])
    })

    const triesSeen = async () => (await succeed(subject.reads.cluster(clusterId))).credentials.map((row) => row.tries)

    const changeTries = (next: (tries: number) => number) =>
      succeed(
        subject.ledger.change(clusterId, ({ credentials }) =>
          E.right(
            decided(
              undefined,
              credentials.map((row) => noted(row, { ...row, tries: next(row.tries) })),
            ),
          ),
        ),
      )

    it('shows all of a cluster as of one moment, while decisions change it', async () => {
      await write(subject, clusterBorn(), added(leased()), added(leased({ registryId: 'rhit' })))
      const counting = async () => {
        for (let round = 0; round < 10; round += 1) await changeTries((tries) => tries + 1)
      }
      const looking = async () => {
        const seen: Array<ReadonlyArray<number>> = []
        for (let round = 0; round < 20; round += 1) seen.push(await triesSeen())
        return seen
      }
      const [, ...looks] = await Promise.all([counting(), looking(), looking(), looking()])
      expect(looks.flat().filter(([one, other]) => one === undefined || one !== other)).to.deep.equal([])
      expect(await triesSeen()).to.deep.equal([10, 10])
    })

    it('shows what was committed as soon as that is known', async () => {
      await write(subject, clusterBorn(), added(leased()))
      for (const written of [1, 2, 3, 4, 5]) {
        await changeTries(() => written)
        expect(await triesSeen()).to.deep.equal([written])
      }
    })

    it('shows what was committed as soon as that is known, while others read already', async () => {
      await write(subject, clusterBorn(), added(leased()))
      for (let written = 1; written <= 50; written += 1) {
        let isWritten = false
        const looking = async () => {
          while (!isWritten) await triesSeen()
        }
        const others = Promise.all([looking(), looking(), looking()])
        await changeTries(() => written)
        isWritten = true
        expect(await triesSeen()).to.deep.equal([written])
        await others
      }
    })

    it('shows each of many readers at once the cluster that it asked for', async () => {
      const rows = ['cls-aaaaaa', 'cls-bbbbbb'].map((id) => leased({ clusterId: id }))
      for (const row of rows) {
        const born = clusterBorn(aCluster({ id: row.clusterId }))
        await succeed(subject.ledger.change(row.clusterId, () => E.right(decided(undefined, [born, added(row)]))))
      }
      const asked = ['cls-aaaaaa', 'cls-cccccc', 'cls-bbbbbb', 'cls-aaaaaa']
      const views = await Promise.all(asked.map((id) => succeed(subject.reads.cluster(id))))
      expect(views.map((view) => [view.clusterId, view.credentials.map((row) => row.id)])).to.deep.equal(
        asked.map((id) => [id, rows.filter((row) => row.clusterId === id).map((row) => row.id)]),
      )
    })

    it('answers a ping', async () => {
      await succeed(subject.reads.ping)
    })
  })
}
