import {
  type AuditFilter,
  type AuditPosition,
  type ClusterFilter,
  type Credential,
  type CredentialPosition,
  decided,
  type LoggedRecord,
  type Transition,
  type TroubledCredential,
} from '@pull-secret/domain'
import { aCluster, aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { plain, succeed } from '../expectations.ts'
import {
  activated,
  added,
  clusterBorn,
  clusterEnding,
  leased,
  madeReady,
  noted,
  proved,
  withdrawn,
} from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 31)

/** What every adapter of `FleetReads` keeps. */
export const fleetReadsSuite = (open: OpenLedger): void => {
  describe('as lists for operators', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const writeTo = (clusterId: string, ...transitions: ReadonlyArray<Transition>): Promise<void> =>
      succeed(subject.ledger.change(clusterId, () => E.right(decided(undefined, transitions))))

    const rowOf = (clusterId: string, given: Partial<Credential> = {}): Credential =>
      aFreshCredential({ clusterId, vendorName: `${clusterId}-${given.registryId ?? 'quay'}`, ...given })

    const everyCluster = async (filter: ClusterFilter = {}, limit = 2): Promise<ReadonlyArray<string>> => {
      const ids: Array<string> = []
      for (;;) {
        const page = await succeed(subject.fleet.clusters(filter, ids.at(-1), limit))
        if (page.length === 0) return ids
        expect(page.length).to.be.at.most(limit)
        ids.push(...page.map(({ id }) => id))
      }
    }

    const everyTrouble = async (limit = 2): Promise<ReadonlyArray<TroubledCredential>> => {
      const rows: Array<TroubledCredential> = []
      for (;;) {
        const last: CredentialPosition | undefined = rows.at(-1)
        const page = await succeed(subject.fleet.troubled(last, limit))
        if (page.length === 0) return rows
        rows.push(...page)
      }
    }

    const everyRecord = async (filter: AuditFilter = {}, limit = 2): Promise<ReadonlyArray<LoggedRecord>> => {
      const records: Array<LoggedRecord> = []
      for (;;) {
        const last = records.at(-1)
        const after: AuditPosition | undefined = last && {
          at: last.record.at,
          chain: last.chain,
          sequence: last.sequence,
        }
        const page = await succeed(subject.fleet.audit(filter, after, limit))
        if (page.length === 0) return records
        records.push(...page)
      }
    }

    it('show nothing of an empty ledger', async () => {
      expect([await everyCluster(), await everyTrouble(), await everyRecord()]).to.deep.equal([[], [], []])
    })

    describe('of clusters', () => {
      it('show a cluster as it was written, with its credentials that are not revoked', async () => {
        const cluster = aCluster({
          id: 'cls-aaaaaa',
          externalId: 'ext-1',
          cloudProvider: 'gcp',
          region: 'us-east1',
          createdAt: start,
          publishedAt: start + 1,
        })
        const quay = rowOf('cls-aaaaaa', { registryId: 'quay', createdAt: start + 2, problem: 'timeout' })
        const gone = rowOf('cls-aaaaaa', { registryId: 'rhit', createdAt: start + 3 })
        await writeTo('cls-aaaaaa', clusterBorn(cluster), added(quay), added(gone))
        await writeTo('cls-aaaaaa', withdrawn(gone), proved(withdrawn(gone).after))
        const [listed, ...others] = await succeed(subject.fleet.clusters({}, undefined, 10))
        expect(others).to.deep.equal([])
        const { id, state, incarnation, externalId, cloudProvider, region, createdAt, publishedAt } = cluster
        expect(plain({ ...listed, credentials: undefined })).to.deep.include(
          plain({ id, state, incarnation, externalId, cloudProvider, region, createdAt, publishedAt }),
        )
        expect(listed?.credentials.map((row) => [row.id, row.registryId, row.state])).to.deep.equal([
          [quay.id, 'quay', 'intended'],
        ])
        expect(plain(listed?.credentials[0])).to.deep.include(
          plain({ generation: quay.generation, createdAt: start + 2, problem: 'timeout' }),
        )
      })

      it('show each cluster once over all pages, in one order, whatever is written between them', async () => {
        const ids = ['cls-aaaaaa', 'cls-bbbbbb', 'cls-cccccc', 'cls-dddddd', 'cls-eeeeee']
        for (const id of ids) await writeTo(id, clusterBorn(aCluster({ id })))
        expect(await everyCluster()).to.deep.equal(ids)
        const [first] = await succeed(subject.fleet.clusters({}, undefined, 1))
        for (const id of ['cls-aaaaa0', 'cls-aaaaab']) await writeTo(id, clusterBorn(aCluster({ id })))
        const rest = await succeed(subject.fleet.clusters({}, first?.id, 10))
        expect(rest.map(({ id }) => id))
          .to.include.members(ids.slice(1))
          .and.not.to.include('cls-aaaaaa')
      })

      it('show those clusters alone that fit every filter', async () => {
        await writeTo(
          'cls-aaaaaa',
          clusterBorn(aCluster({ id: 'cls-aaaaaa', cloudProvider: 'gcp', region: 'us-east1' })),
          added(rowOf('cls-aaaaaa', { registryId: 'quay', createdAt: start })),
        )
        await writeTo(
          'cls-bbbbbb',
          clusterBorn(aCluster({ id: 'cls-bbbbbb', cloudProvider: 'gcp', region: 'us-east2' })),
          added(rowOf('cls-bbbbbb', { registryId: 'rhit', createdAt: start + day })),
        )
        const ending = aCluster({ id: 'cls-cccccc', cloudProvider: 'aws' })
        await writeTo('cls-cccccc', clusterBorn(ending), clusterEnding(ending))
        expect(await everyCluster({ clusterId: 'cls-bbbbbb' })).to.deep.equal(['cls-bbbbbb'])
        expect(await everyCluster({ clusterId: 'cls-unknown' })).to.deep.equal([])
        expect(await everyCluster({ state: 'live' })).to.deep.equal(['cls-aaaaaa', 'cls-bbbbbb'])
        expect(await everyCluster({ state: 'deleting' })).to.deep.equal(['cls-cccccc'])
        expect(await everyCluster({ cloudProvider: 'aws' })).to.deep.equal(['cls-cccccc'])
        expect(await everyCluster({ region: 'us-east2' })).to.deep.equal(['cls-bbbbbb'])
        expect(await everyCluster({ registryId: 'quay' })).to.deep.equal(['cls-aaaaaa'])
        expect(await everyCluster({ createdBefore: start + 1 })).to.deep.equal(['cls-aaaaaa'])
        expect(await everyCluster({ createdBefore: start })).to.deep.equal([])
        expect(
          await everyCluster({ state: 'live', cloudProvider: 'gcp', region: 'us-east1', registryId: 'rhit' }),
        ).to.deep.equal([])
        const all = { state: 'live', cloudProvider: 'gcp', region: 'us-east2', registryId: 'rhit' } as const
        expect(await everyCluster({ ...all, createdBefore: start + 2 * day })).to.deep.equal(['cls-bbbbbb'])
      })

      it('count no revoked credential for a filter', async () => {
        const row = rowOf('cls-aaaaaa', { createdAt: start })
        await writeTo('cls-aaaaaa', clusterBorn(aCluster({ id: 'cls-aaaaaa' })), added(row))
        await writeTo('cls-aaaaaa', withdrawn(row), proved(withdrawn(row).after))
        expect(await everyCluster({ registryId: row.registryId })).to.deep.equal([])
        expect(await everyCluster({ createdBefore: start + 1 })).to.deep.equal([])
      })
    })

    describe('of what waits for somebody', () => {
      it('show what is refused or stuck and not what is tried again by itself', async () => {
        const refused = leased({ ...rowOf('cls-abc123', { registryId: 'quay', createdAt: start + 1 }) })
        const waiting = leased({ ...rowOf('cls-abc123', { registryId: 'rhit', createdAt: start }) })
        const stuck = leased({ ...rowOf('cls-abc123', { registryId: 'edge', createdAt: start }) })
        await writeTo(
          'cls-abc123',
          clusterBorn(),
          ...[refused, waiting, stuck].map((row) => added(row)),
          noted(refused, { ...refused, problem: 'administrator_refused' }),
          noted(waiting, { ...waiting, problem: 'timeout' }),
          withdrawn(stuck),
          noted(withdrawn(stuck).after, { ...withdrawn(stuck).after, problem: 'timeout', stuckSince: start + day }),
        )
        const rows = await everyTrouble()
        expect(rows.map(({ id }) => id)).to.deep.equal([stuck.id, refused.id])
        expect(plain(rows[0])).to.deep.include(
          plain({ clusterId: 'cls-abc123', registryId: 'edge', state: 'revoking', stuckSince: start + day }),
        )
        expect(plain(rows[1])).to.deep.include(
          plain({ vendorName: refused.vendorName, problem: 'administrator_refused', attempts: refused.attempts }),
        )
      })

      it('show what is in use and calls for somebody, and not what is only tried again', async () => {
        const [refused, trying] = [
          rowOf('cls-abc123', { registryId: 'quay' }),
          rowOf('cls-abc123', { registryId: 'ecr' }),
        ]
        const published = (row: Credential, given: Partial<Credential>) => {
          const entry = activated(madeReady(row).after)
          return [added(row), madeReady(row), { ...entry, after: { ...entry.after, ...given } }]
        }
        await writeTo(
          'cls-abc123',
          clusterBorn(),
          ...published(refused, { problem: 'login_refused', stuckSince: start, nextWork: 'validate' }),
          ...published(trying, { problem: 'administrator_refused', nextWork: 'mint' }),
        )
        const rows = await everyTrouble()
        expect(rows.map(({ id, state, nextWork }) => [id, state, nextWork])).to.deep.equal([
          [refused.id, 'active', 'validate'],
        ])
      })

      it('show each row once over all pages, also those of one moment', async () => {
        const rows = ['quay', 'rhit', 'edge', 'acr', 'ecr'].map((registryId) =>
          rowOf('cls-abc123', { registryId, createdAt: start, problem: 'quota' }),
        )
        await writeTo('cls-abc123', clusterBorn(), ...rows.map((row) => added(row)))
        const listed = await everyTrouble()
        expect(listed).to.have.length(rows.length)
        expect(new Set(listed.map(({ id }) => id))).to.deep.equal(new Set(rows.map(({ id }) => id)))
      })
    })

    describe('of the audit', () => {
      const births = async (...ids: ReadonlyArray<string>): Promise<void> => {
        for (const id of ids) await writeTo(id, clusterBorn(aCluster({ id })), added(rowOf(id)))
      }

      it('show every record of every chain once over all pages, the newest first', async () => {
        await births('cls-aaaaaa', 'cls-bbbbbb', 'cls-cccccc')
        const listed = await everyRecord()
        const stored = await Promise.all(['cls-aaaaaa', 'cls-bbbbbb', 'cls-cccccc'].map((id) => subject.audit(id)))
        const textOf = (record: unknown): string =>
          JSON.stringify(plain(record), Object.keys(plain(record) as object).sort())
        expect(listed.map(({ record }) => textOf(record))).to.have.members(
          stored.flat().map(({ record }) => textOf(record)),
        )
        expect(new Set(listed.map(({ id }) => id)).size).to.equal(listed.length)
        const times = listed.map(({ record }) => record.at)
        expect(times).to.deep.equal([...times].sort((one, other) => other - one))
      })

      it('show the records of a chain in its order, the last first, also those of one moment', async () => {
        const rows = ['quay', 'rhit', 'edge', 'acr'].map((registryId) => rowOf('cls-aaaaaa', { registryId }))
        await writeTo('cls-aaaaaa', clusterBorn(aCluster({ id: 'cls-aaaaaa' })), ...rows.map((row) => added(row)))
        const stored = await subject.audit('cls-aaaaaa')
        const listed = await everyRecord({ clusterId: 'cls-aaaaaa' })
        expect(listed.map(({ record }) => record.credentialId)).to.deep.equal(
          stored.map(({ record }) => record.credentialId).reverse(),
        )
        expect(listed.map(({ sequence }) => sequence)).to.deep.equal(stored.map((_, index) => stored.length - index))
      })

      it('show those records alone that fit every filter', async () => {
        await births('cls-aaaaaa', 'cls-bbbbbb')
        const all = await everyRecord()
        const [newest] = all
        if (newest === undefined) throw new Error('a birth is audited')
        const { subject: who, action, at } = newest.record
        const ofCluster = await everyRecord({ clusterId: 'cls-aaaaaa' })
        expect(ofCluster.map(({ record }) => record.clusterId)).to.deep.equal(ofCluster.map(() => 'cls-aaaaaa'))
        expect(ofCluster.length).to.be.above(0).and.below(all.length)
        expect(await everyRecord({ subject: who })).to.deep.equal(all)
        expect(await everyRecord({ subject: 'nobody' })).to.deep.equal([])
        expect(await everyRecord({ action })).to.deep.equal(all.filter(({ record }) => record.action === action))
        expect(await everyRecord({ action: 'ban' })).to.deep.equal([])
        expect(await everyRecord({ from: at, until: at + 1 })).to.deep.equal(
          all.filter(({ record }) => record.at === at),
        )
        expect(await everyRecord({ from: at + 1 })).to.deep.equal([])
        expect(await everyRecord({ until: at })).to.deep.equal(all.filter(({ record }) => record.at < at))
        const fitting = { clusterId: newest.record.clusterId, subject: who, action, from: at, until: at + 1 }
        expect(await everyRecord(fitting)).to.deep.include(newest)
      })
    })
  })
}
