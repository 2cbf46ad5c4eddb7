// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { afterTransition, type ClusterLedger, type ClusterView, type Decision } from '@pull-secret/domain'
import { bansSuite } from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LedgerTables } from '../../src/index.ts'
import { anInMemoryLedger, type InMemoryLedgerSubject as Subject } from '../an-in-memory-ledger.ts'
import { type Break, changing, claiming, overLedgers } from './breaking-ledgers.ts'
import { turnsRed } from './turns-red.ts'

const viewing =
  (change: (view: ClusterView, tables: LedgerTables) => ClusterView): Break =>
  (subject) => ({
    ...subject,
    reads: {
      ...subject.reads,
      cluster: (clusterId) =>
        pipe(
          subject.reads.cluster(clusterId),
          TE.map((view) => change(view, subject.tables)),
        ),
    },
  })

/** Decides on, and writes, what the tables hold once they are changed. */
const storing = (change: (ledger: ClusterLedger) => ClusterLedger): Break =>
  changing(
    (decide, { tables }) =>
      (clusterId, ...rest) =>
        pipe(
          decide(clusterId, ...rest),
          TE.map((answer) => {
            const ledger = tables.clusters.get(clusterId)
            if (ledger !== undefined) tables.clusters.set(clusterId, change(ledger))
            return answer
          }),
        ),
  )

/** Writes a change of a ban without looking at what it was decided on. */
const overwriting: Break = changing(
  (decide, { tables }) =>
    (clusterId, decision) =>
      decide(clusterId, (ledger, now) =>
        E.map((decided: Decision<never>) => {
          const bans = decided.transitions.filter(({ kind }) => kind === 'ban_moved')
          const rest = decided.transitions.filter(({ kind }) => kind !== 'ban_moved')
          const after = bans.reduce(afterTransition, ledger)
          if (bans.length > 0) tables.clusters.set(clusterId, after)
          return { ...decided, transitions: rest }
        })(decision(ledger, now) as E.Either<never, Decision<never>>),
      ),
)

const firstBan = ([...all]: ReadonlyArray<ClusterLedger>) => all.find(({ ban }) => ban !== undefined)?.ban

turnsRed<Subject>({
  port: 'bans',
  suite: overLedgers(bansSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'shows the ban of no id without a cluster',
      mustFail: 'keeps the ban of an id that has no cluster, and shows it',
      break: viewing((view) => (view.cluster === undefined ? { ...view, ban: undefined } : view)),
    },
    {
      name: 'lists clusters without their bans',
      mustFail: 'keeps the ban of a cluster beside its rows, and shows it',
      break: (subject) => ({
        ...subject,
        fleet: {
          ...subject.fleet,
          clusters: (...question) =>
            pipe(
              subject.fleet.clusters(...question),
              TE.map((page) => page.map((cluster) => ({ ...cluster, ban: undefined }))),
            ),
        },
      }),
    },
    {
      name: 'forgets a ban that is lifted',
      mustFail: 'bans again what was unbanned, and counts each change',
      break: storing((ledger) => (ledger.ban?.state === 'lifted' ? { ...ledger, ban: undefined } : ledger)),
    },
    {
      name: 'writes a change of a ban whatever it was decided on',
      mustFail: 'writes no change of a ban that was changed since it was read',
      break: overwriting,
    },
    {
      name: 'writes any change of a ban',
      mustFail: 'refuses a change of a ban that is not legal',
      break: overwriting,
    },
    {
      name: 'shows the ban of any id',
      mustFail: 'shows no ban of another id',
      break: viewing((view, { clusters }) => ({ ...view, ban: firstBan([...clusters.values()]) })),
    },
    {
      name: 'records no change of a ban',
      mustFail: 'records each change of a ban with who, and why',
      break: overwriting,
    },
    {
      name: 'calls no revocation urgent but those of deleted clusters',
      mustFail: 'keeps since when a cluster is dormant, and calls its revocations urgent',
      break: claiming(
        (claim) => (request) =>
          pipe(
            claim(request),
            TE.map((claimed) => claimed.map((work) => ({ ...work, isUrgent: false }))),
          ),
      ),
    },
  ],
})
