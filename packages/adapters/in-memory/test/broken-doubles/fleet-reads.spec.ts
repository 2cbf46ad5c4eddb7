// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import type { Backlog, FleetReads, ListedCluster, LoggedRecord } from '@pull-secret/domain'
import { aCluster } from '@pull-secret/domain/testing'
import { backlogSuite, fleetReadsSuite } from '@pull-secret/port-contracts'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { livingRows } from '../../src/ledger-tables.ts'
import { anInMemoryLedger, type InMemoryLedgerSubject as Subject } from '../an-in-memory-ledger.ts'
import { type Break, everyRow, overLedgers } from './breaking-ledgers.ts'
import { turnsRed } from './turns-red.ts'

const listing =
  (wrap: (fleet: FleetReads, subject: Subject) => Partial<FleetReads>): Break =>
  (subject) => ({ ...subject, fleet: { ...subject.fleet, ...wrap(subject.fleet, subject) } })

const showingClusters = (change: (page: ReadonlyArray<ListedCluster>) => ReadonlyArray<ListedCluster>): Break =>
  listing(({ clusters }) => ({ clusters: (...question) => TE.map(change)(clusters(...question)) }))

const showingRecords = (change: (page: ReadonlyArray<LoggedRecord>) => ReadonlyArray<LoggedRecord>): Break =>
  listing(({ audit }) => ({ audit: (...question) => TE.map(change)(audit(...question)) }))

const countingBacklogs = (change: (backlog: Backlog) => Backlog): Break =>
  listing(({ backlog }) => ({
    backlog: (registryIds) =>
      pipe(
        backlog(registryIds),
        TE.map((read) => ({ ...read, backlogs: read.backlogs.map(change) })),
      ),
  }))

const withoutFilter = (
  key: 'clusterId' | 'state' | 'cloudProvider' | 'region' | 'registryId' | 'createdBefore',
): Break =>
  listing(({ clusters }) => ({
    clusters: (filter, after, limit) => clusters({ ...filter, [key]: undefined }, after, limit),
  }))

const withoutAuditFilter = (key: 'clusterId' | 'subject' | 'action' | 'from' | 'until'): Break =>
  listing(({ audit }) => ({ audit: (filter, after, limit) => audit({ ...filter, [key]: undefined }, after, limit) }))

const everything = 1000

const firstToLastOfAMoment =
  (audit: FleetReads['audit']): FleetReads['audit'] =>
  (filter, after, limit) =>
    TE.map((records: ReadonlyArray<LoggedRecord>) => {
      const sorted = records.toSorted(
        (one, other) =>
          other.record.at - one.record.at || one.sequence - other.sequence || (one.id < other.id ? -1 : 1),
      )
      const ended = sorted.findIndex(({ chain, sequence }) => chain === after?.chain && sequence === after.sequence)
      return sorted.slice(ended + 1, ended + 1 + limit)
    })(audit(filter, undefined, everything))

const clusterFilters = 'show those clusters alone that fit every filter'
const auditFilters = 'show those records alone that fit every filter'

turnsRed<Subject>({
  port: 'the lists for operators',
  suite: overLedgers(fleetReadsSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'shows a cluster that nobody made',
      mustFail: 'show nothing of an empty ledger',
      break: listing(({ clusters }) => ({
        clusters: (filter, after, limit) =>
          TE.map((page: ReadonlyArray<ListedCluster>) =>
            page.length === 0 && after === undefined ? [{ ...aCluster(), credentials: [] }] : page,
          )(clusters(filter, after, limit)),
      })),
    },
    {
      name: 'forgets when a cluster was published',
      mustFail: 'show a cluster as it was written, with its credentials that are not revoked',
      break: showingClusters((page) => page.map((cluster) => ({ ...cluster, publishedAt: undefined }))),
    },
    {
      name: 'shows clusters without their credentials',
      mustFail: 'show a cluster as it was written, with its credentials that are not revoked',
      break: showingClusters((page) => page.map((cluster) => ({ ...cluster, credentials: [] }))),
    },
    {
      name: 'counts clusters from the beginning instead of from the last one',
      mustFail: 'show each cluster once over all pages, in one order, whatever is written between them',
      break: listing(({ clusters }) => {
        let shown = 0
        return {
          clusters: (filter, after, limit) => {
            if (after === undefined) shown = 0
            const skipped = shown
            shown += limit
            return TE.map((page: ReadonlyArray<ListedCluster>) => page.slice(skipped))(
              clusters(filter, undefined, skipped + limit),
            )
          },
        }
      }),
    },
    ...(['clusterId', 'state', 'cloudProvider', 'region', 'registryId', 'createdBefore'] as const).map((key) => ({
      name: `passes over the filter ${key}`,
      mustFail: clusterFilters,
      break: withoutFilter(key),
    })),
    {
      name: 'finds clusters by credentials that are revoked',
      mustFail: 'count no revoked credential for a filter',
      break: listing(({ clusters }, { tables }) => ({
        clusters: ({ registryId, createdBefore, ...filter }, after, limit) => {
          const isRevokedOnly = livingRows(tables).length === 0
          return clusters(isRevokedOnly ? filter : { ...filter, registryId, createdBefore }, after, limit)
        },
      })),
    },
    {
      name: 'shows what is tried again by itself',
      mustFail: 'show what is refused or stuck and not what is tried again by itself',
      break: listing((_, { tables }) => ({
        troubled: (after, limit) =>
          TE.right(
            livingRows(tables)
              .filter(({ problem }) => problem !== undefined)
              .sort((one, other) => one.createdAt - other.createdAt)
              .slice(after === undefined ? 0 : Infinity, limit),
          ),
      })),
    },
    {
      name: 'shows nothing of what is in use',
      mustFail: 'show what is in use and calls for somebody, and not what is only tried again',
      break: listing(({ troubled }) => ({
        troubled: (after, limit) =>
          pipe(troubled(after, limit), TE.map(RA.filter(({ state }) => state === 'intended' || state === 'revoking'))),
      })),
    },
    {
      name: 'passes over all rows of the moment at which a page ended',
      mustFail: 'show each row once over all pages, also those of one moment',
      break: listing(({ troubled }) => ({
        troubled: (after, limit) =>
          troubled(after === undefined ? undefined : { ...after, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }, limit),
      })),
    },
    {
      name: 'shows the oldest records of a page first',
      mustFail: 'show every record of every chain once over all pages, the newest first',
      break: showingRecords((page) => page.toReversed()),
    },
    {
      name: 'passes over all records of the moment at which a page ended',
      mustFail: 'show every record of every chain once over all pages, the newest first',
      break: listing(({ audit }) => ({
        audit: (filter, after, limit) =>
          audit(filter, after === undefined ? undefined : { ...after, chain: '', sequence: 0 }, limit),
      })),
    },
    {
      name: 'shows the records of a moment from the first to the last',
      mustFail: 'show the records of a chain in its order, the last first, also those of one moment',
      break: listing(({ audit }) => ({ audit: firstToLastOfAMoment(audit) })),
    },
    ...(['clusterId', 'subject', 'action', 'from', 'until'] as const).map((key) => ({
      name: `passes over the filter ${key} of the audit`,
      mustFail: auditFilters,
      break: withoutAuditFilter(key),
    })),
  ],
})

turnsRed<Subject>({
  port: 'the counter of what waits',
  suite: overLedgers(backlogSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'says nothing of since when work is due',
      mustFail: 'counts what is due at each registry by its work, and says since when',
      break: countingBacklogs((backlog) => ({ ...backlog, dueSince: undefined })),
    },
    {
      name: 'counts what somebody holds as waiting',
      mustFail: 'counts nothing that is not due yet, or that somebody holds',
      break: listing(({ backlog }, { tables }) => ({
        backlog: (registryIds) => async () => {
          everyRow(tables, (row) => ({ ...row, lease: undefined }))
          return backlog(registryIds)()
        },
      })),
    },
    {
      name: 'counts nothing that waits for somebody',
      mustFail: 'counts what waits for somebody apart from it',
      break: countingBacklogs((backlog) => ({ ...backlog, stuck: 0 })),
    },
  ],
})
