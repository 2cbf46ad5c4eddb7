// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { createHash } from 'node:crypto'
import { setImmediate as endOfTurn } from 'node:timers/promises'
import {
  type AuditChain,
  canonicalAuditText,
  chainStart,
  type ClaimRequest,
  type ClaimTerms,
  type Cluster,
  type ClusterView,
  type Credential,
  decided,
  type Decision,
  emptyClusterLedger,
  type KeyCheck,
  type LedgerReads,
  type RegistryScope,
  type Replica,
  type SeenReplicas,
  type Transition,
} from '@pull-secret/domain'
import { aCause, aCluster } from '@pull-secret/domain/testing'
import {
  auditChainsSuite,
  auditSuite,
  credentialLedgerSuite,
  deploymentRegisterSuite,
  dueWorkSuite,
  readsSuite,
  refusedDecisionsSuite,
  replicaRegisterSuite,
  sharedObjectsSuite,
  type StoredAudit,
} from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LedgerTables } from '../../src/index.ts'
import { clusterLedgerOf, livingRows } from '../../src/ledger-tables.ts'
import { anInMemoryLedger, type InMemoryLedgerSubject as Subject } from '../an-in-memory-ledger.ts'
import {
  type Break,
  type Change,
  changing,
  claiming,
  endLease,
  everyRow,
  future,
  overLedgers,
  past,
  recording,
  sharing,
} from './breaking-ledgers.ts'
import { tearDown } from './promises-of.ts'
import { turnsRed } from './turns-red.ts'

/** One at a time, in the order of asking: a lock that comes too late for what its holder has read before. */
const makeLine = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <A>(work: () => Promise<A>): Promise<A> => {
    const mine = last.then(work, work)
    last = mine
    return mine
  }
}

/** Does something to the tables after every change and every recording. */
const afterEachWrite =
  (act: (tables: LedgerTables) => void): Break =>
  (subject) => {
    const then =
      <L, A>(call: TE.TaskEither<L, A>): TE.TaskEither<L, A> =>
      async () => {
        const result = await call()
        act(subject.tables)
        return result
      }
    return {
      ...subject,
      ledger: {
        change: (clusterId, decide) => then(subject.ledger.change(clusterId, decide)),
        record: (lease, decide, findings) => then(subject.ledger.record(lease, decide, findings)),
      },
    }
  }

/** Decides on the transitions of others: what a decision wants to write is written differently. */
const writingInstead =
  (
    change: Change,
    rewrite: (decision: Decision<unknown>, ledger: ReturnType<typeof emptyClusterLedger>) => Decision<unknown>,
  ): Change =>
  (clusterId, decide) =>
    change(clusterId, (ledger, now) =>
      E.map((decision: Decision<never>) => rewrite(decision, ledger) as Decision<never>)(
        decide(ledger, now) as E.Either<never, Decision<never>>,
      ),
    )

const withPresentBefore = (transition: Transition, rows: ReadonlyArray<Credential>): Transition => {
  if (transition.kind !== 'credential_noted') return transition
  const present = rows.find((row) => row.id === transition.before.id) ?? transition.before
  return { ...transition, before: present, after: { ...transition.after, state: present.state } }
}

const withVersionBefore = (transition: Transition, rows: ReadonlyArray<Credential>): Transition => {
  if (transition.kind !== 'credential_noted') return transition
  const version = rows.find((row) => row.id === transition.before.id)?.version ?? transition.before.version
  return { ...transition, before: { ...transition.before, version } }
}

const withPresentLife = (transition: Transition, cluster: Cluster | undefined): Transition =>
  transition.kind !== 'cluster_noted' || cluster === undefined
    ? transition
    : { ...transition, before: cluster, after: { ...transition.after, state: cluster.state } }

const ranks: Readonly<Record<string, number>> = { C9: 0, C7: 1 }
const rankOf = (transition: Transition): number | undefined =>
  'rule' in transition ? ranks[transition.rule] : undefined

const retiringFirst = (one: Transition, other: Transition): number => {
  const [first, second] = [rankOf(one), rankOf(other)]
  return first === undefined || second === undefined ? 0 : first - second
}

const madeWhole = (transition: Transition): Transition =>
  transition.kind === 'credential_moved' && transition.rule === 'C3'
    ? {
        ...transition,
        after: { ...transition.after, username: transition.after.username ?? '', sealedToken: 'sealed' },
      }
    : transition

turnsRed<Subject>({
  port: 'the credential ledger',
  suite: overLedgers((open) => {
    credentialLedgerSuite(open)
    refusedDecisionsSuite(open)
  }),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'rounds times to seconds',
      mustFail: 'keeps exactly what a decision wrote',
      break: afterEachWrite((tables) => {
        everyRow(tables, (row) => ({
          ...row,
          expiresAt: row.expiresAt === undefined ? undefined : Math.floor(row.expiresAt / 1000) * 1000,
        }))
      }),
    },
    {
      name: 'registers a cluster when it is first asked about it',
      mustFail: 'writes nothing when the decision is a refusal',
      break: changing((change, { tables }) => (clusterId, decide) => async () => {
        const result = await change(clusterId, decide)()
        if (E.isLeft(result))
          tables.clusters.set(clusterId, { ...emptyClusterLedger(clusterId), cluster: aCluster({ id: clusterId }) })
        return result
      }),
    },
    {
      name: 'tells decisions a clock that runs backwards',
      mustFail: 'gives the decision everything the cluster owns, and a clock that does not go back',
      break: (subject) => {
        let decisions = 0
        return changing(
          (change) => (clusterId, decide) =>
            change(clusterId, (ledger, now) => {
              decisions += 1
              return decide(ledger, now - decisions * 60_000)
            }),
        )(subject)
      },
    },
    {
      name: 'reads before it locks',
      mustFail: 'lets simultaneous decisions about one cluster see each other',
      break: (subject) => {
        const inLine = makeLine()
        return changing((change, { tables }) => (clusterId, decide) => () => {
          const seen = clusterLedgerOf(tables, clusterId)
          return inLine(() => change(clusterId, (_ledger, now) => decide(seen, now))())
        })(subject)
      },
    },
    {
      name: 'answers a holder before it has written',
      mustFail: 'moves a row under the lease that holds it',
      break: recording(
        (record) => (lease, decide, findings) =>
          record(lease, (ledger, row, now) => ({ ...decide(ledger, row, now), transitions: [] }), findings),
      ),
    },
    {
      name: 'drops what a late holder has learnt',
      mustFail: 'lets nobody record without the fence, but keeps what was learnt and makes the row due',
      break: recording((record) => (lease, decide) => record(lease, decide)),
    },
    {
      name: 'forgets the fence',
      mustFail: 'lets nobody record under a fence that was raised meanwhile',
      break: recording((record, { tables }) => (lease, decide, findings) => {
        const row = livingRows(tables).find((other) => other.id === lease.credentialId)
        return record(
          row?.lease?.attemptId === lease.attemptId ? { ...lease, fence: row.fence } : lease,
          decide,
          findings,
        )
      }),
    },
    {
      name: 'forgets the attempt',
      mustFail: 'lets nobody record with another attempt of the same fence',
      break: recording((record, { tables }) => (lease, decide, findings) => {
        const row = livingRows(tables).find((other) => other.id === lease.credentialId)
        return record(
          row?.fence === lease.fence ? { ...lease, attemptId: row.lease?.attemptId ?? '' } : lease,
          decide,
          findings,
        )
      }),
    },
    {
      name: 'makes every row due for which somebody came too late',
      mustFail: 'never makes a published row due because somebody came too late',
      break: recording((record, { tables }) => (lease, decide, findings) => async () => {
        const result = await record(lease, decide, findings)()
        if (E.isLeft(result)) everyRow(tables, (row) => ({ ...row, nextAttemptAt: past }))
        return result
      }),
    },
    {
      name: 'gives rows as they were stored last',
      mustFail: 'gives rows in the order of their registries and generations, to decisions and to readers',
      break: afterEachWrite((tables) => {
        for (const [id, ledger] of tables.clusters)
          tables.clusters.set(id, { ...ledger, credentials: [...ledger.credentials].reverse() })
      }),
    },
    {
      name: 'forgets revoked rows',
      mustFail: 'forgets nothing of a revoked row but what is shown: its generation and its name stay used',
      break: afterEachWrite((tables) => {
        tables.revoked.clear()
      }),
    },
    {
      name: 'writes step by step',
      mustFail: 'refuses a decision with an illegal step, whole',
      break: changing((change) => (clusterId, decide) => async () => {
        const result = await change(clusterId, (ledger, now) => {
          const decision = decide(ledger, now)
          return E.isLeft(decision) ? decision : E.right(decided(decision.right))
        })()
        if (E.isLeft(result)) return result
        for (const transition of result.right.transitions)
          await change(clusterId, () => E.right(decided(undefined, [transition])))()
        return E.right(result.right.answer)
      }),
    },
    {
      name: 'answers success for what it refused to write',
      mustFail: 'holds at most one active and one unpublished row per cluster and registry',
      break: changing(
        (change) => (clusterId, decide) => () => change(clusterId, decide)().catch(() => E.right(undefined as never)),
      ),
    },
    {
      name: 'writes the steps of a decision in an order of its own',
      mustFail: 'holds so many after every step of a decision, not only at its end',
      break: changing((change) =>
        writingInstead(change, (decision) => ({
          ...decision,
          transitions: decision.transitions.toSorted(retiringFirst),
        })),
      ),
    },
    {
      name: 'makes up what a row lacks',
      mustFail: 'holds no row that lacks what its state needs, and no text that cannot be stored',
      break: changing((change) =>
        writingInstead(change, (decision) => ({ ...decision, transitions: decision.transitions.map(madeWhole) })),
      ),
    },
    {
      name: 'keeps one cluster for all',
      mustFail: 'keeps decisions about different clusters apart',
      break: changing((change) => (_clusterId, decide) => change('cls-abc123', decide)),
    },
    {
      name: 'writes over whatever is there',
      mustFail: 'writes nothing about a row that was written since it was read, be it only a note',
      break: changing((change) =>
        writingInstead(change, (decision, { credentials }) => ({
          ...decision,
          transitions: decision.transitions.map((transition) => withPresentBefore(transition, credentials)),
        })),
      ),
    },
    {
      name: 'compares every step with what was there before the first',
      mustFail: 'writes several steps of one row or cluster in one decision, and counts each',
      break: changing((change) =>
        writingInstead(change, (decision, { credentials }) => ({
          ...decision,
          transitions: decision.transitions.map((transition) => withVersionBefore(transition, credentials)),
        })),
      ),
    },
    {
      name: 'writes over whatever life is there',
      mustFail: 'writes nothing about a cluster that was written since it was read, be it only a note',
      break: changing((change) =>
        writingInstead(change, (decision, { cluster }) => ({
          ...decision,
          transitions: decision.transitions.map((transition) => withPresentLife(transition, cluster)),
        })),
      ),
    },
    {
      name: 'keeps the lock of a decision that died',
      mustFail: 'writes nothing and holds nothing when a decision breaks off, which is no outage',
      break: (subject) => {
        let isLocked = false
        return changing((change) => (clusterId, decide) => async () => {
          if (isLocked) return E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 })
          isLocked = true
          const result = await change(clusterId, decide)()
          isLocked = false
          return result
        })(subject)
      },
    },
    {
      name: 'answers a lost commit as a failure',
      mustFail: 'calls the outcome of a commit unknown whose acknowledgement was lost, and has written it',
      break: changing(
        (change) => (clusterId, decide) =>
          TE.mapLeft(
            (failure: { code: string }) =>
              (failure.code === 'LEDGER_OUTCOME_UNKNOWN'
                ? { ...failure, code: 'LEDGER_UNAVAILABLE' }
                : failure) as never,
          )(change(clusterId, decide)),
      ),
    },
    {
      name: 'decides again after a lost commit, and answers for both',
      mustFail: 'calls the outcome of a commit unknown that never arrived, and has written nothing',
      break: changing((change) => (clusterId, decide) => async () => {
        const result = await change(clusterId, decide)()
        return E.isLeft(result) && result.left.code === 'LEDGER_OUTCOME_UNKNOWN' ? change(clusterId, decide)() : result
      }),
    },
  ],
})

const reading =
  (wrap: (reads: LedgerReads, subject: Subject) => Partial<LedgerReads>): Break =>
  (subject) => ({ ...subject, reads: { ...subject.reads, ...wrap(subject.reads, subject) } })

turnsRed<Subject>({
  port: 'the reads',
  suite: overLedgers(readsSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'shows a cluster that nobody made',
      mustFail: 'knows nothing of a cluster that was never heard of',
      break: reading(({ cluster }) => ({
        cluster: (clusterId) =>
          TE.map(
            (view: { readonly clusterId: string; readonly cluster: unknown }) =>
              ({ ...view, cluster: view.cluster ?? aCluster({ id: clusterId }) }) as never,
          )(cluster(clusterId)),
      })),
    },
    {
      name: 'shows the first row only',
      mustFail: 'shows an answer what a decision wrote, and every row that is not revoked',
      break: reading(({ cluster }) => ({
        cluster: (clusterId) =>
          TE.map(
            (view: { readonly credentials: ReadonlyArray<unknown> }) =>
              ({ ...view, credentials: view.credentials.slice(0, 1) }) as never,
          )(cluster(clusterId)),
      })),
    },
    {
      name: 'joins a cluster with its rows and finds neither',
      mustFail: 'shows a cluster without rows',
      break: reading(({ cluster }) => ({
        cluster: (clusterId) =>
          TE.map(
            (view: { readonly credentials: ReadonlyArray<unknown> }) =>
              (view.credentials.length === 0 ? emptyClusterLedger(clusterId) : view) as never,
          )(cluster(clusterId)),
      })),
    },
    {
      name: 'does not say what is required',
      mustFail: 'shows until a cluster is published what the newest configuration requires',
      break: reading(({ cluster }) => ({
        cluster: (clusterId) =>
          TE.map((view: object) => ({ ...view, requiredRegistries: undefined }) as never)(cluster(clusterId)),
      })),
    },
    {
      name: 'shows the rows of every cluster',
      mustFail: 'shows nothing of another cluster',
      break: reading(({ cluster }, { tables }) => ({
        cluster: (clusterId) =>
          TE.map((view: object) => ({ ...view, credentials: livingRows(tables) }) as never)(cluster(clusterId)),
      })),
    },
    {
      name: 'leaves unpublished rows out of a shared object',
      mustFail: 'lists what a shared object must hold: attempted rows that are not being revoked',
      break: reading(({ sharedObjectRows }) => ({
        sharedObjectRows: (registryId) =>
          TE.map((rows: ReadonlyArray<Credential>) => rows.filter((row) => row.state === 'active'))(
            sharedObjectRows(registryId),
          ),
      })),
    },
    {
      name: 'lists the rows of a shared object as they come',
      mustFail: 'lists it in the order of the names, whichever clusters they belong to',
      break: reading(({ sharedObjectRows }) => ({
        sharedObjectRows: (registryId) =>
          TE.map((rows: ReadonlyArray<Credential>) => [...rows].sort((one, other) => (one.id < other.id ? -1 : 1)))(
            sharedObjectRows(registryId),
          ),
      })),
    },
    {
      name: 'tells the time of its own',
      mustFail: "tells when a cluster was read, by the ledger's own clock",
      break: reading(({ cluster }) => ({
        cluster: (clusterId) => TE.map((view: ClusterView) => ({ ...view, readAt: 0 }))(cluster(clusterId)),
      })),
    },
    {
      name: 'reads a cluster row by row',
      mustFail: 'shows all of a cluster as of one moment, while decisions change it',
      break: reading(({ cluster }) => ({
        cluster: (clusterId) => async () => {
          const first = await cluster(clusterId)()
          if (E.isLeft(first) || first.right.credentials.length < 2) return first
          for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
          const second = await cluster(clusterId)()
          return E.isLeft(second)
            ? second
            : E.right({
                ...second.right,
                credentials: [...first.right.credentials.slice(0, 1), ...second.right.credentials.slice(1)],
              })
        },
      })),
    },
    {
      name: 'reads from a copy that is one change behind',
      mustFail: 'shows what was committed as soon as that is known',
      break: (subject) => {
        let copy = emptyClusterLedger('cls-abc123')
        const behind = changing((change, { tables }) => (clusterId, decide) => async () => {
          copy = clusterLedgerOf(tables, 'cls-abc123')
          return change(clusterId, decide)()
        })
        return reading(() => ({ cluster: () => TE.fromIO(() => ({ ...copy, readAt: 0 })) }))(behind(subject))
      },
    },
    {
      name: 'lets a reader share the answer of one who began before',
      mustFail: 'shows what was committed as soon as that is known, while others read already',
      break: reading((_, { tables }) => {
        const underWay = new Map<string, Promise<E.Either<never, ClusterView>>>()
        const read = async (clusterId: string) => {
          const view = { ...clusterLedgerOf(tables, clusterId), readAt: 0 }
          await endOfTurn()
          underWay.delete(clusterId)
          return E.right(view)
        }
        return {
          cluster: (clusterId) => () => {
            const shared = underWay.get(clusterId) ?? read(clusterId)
            underWay.set(clusterId, shared)
            return shared
          },
        }
      }),
    },
    {
      name: 'shows everybody at once what the first one asked for',
      mustFail: 'shows each of many readers at once the cluster that it asked for',
      break: reading(({ cluster }) => {
        let first: string | undefined
        return {
          cluster: (clusterId) => async () => {
            first ??= clusterId
            const view = await cluster(first)()
            first = undefined
            return view
          },
        }
      }),
    },
    {
      name: 'answers no ping',
      mustFail: 'answers a ping',
      break: reading(() => ({ ping: TE.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }) })),
    },
  ],
})

const showing =
  (show: (chain: ReadonlyArray<StoredAudit>, subject: Subject) => ReadonlyArray<StoredAudit>): Break =>
  (subject) => ({ ...subject, audit: async (clusterId) => show(await subject.audit(clusterId), subject) })

const hashOf = ({ record, sequence }: StoredAudit, previous: string): string =>
  createHash('sha256')
    .update(canonicalAuditText(record, sequence, previous))
    .digest('hex')

const anEvent = {
  cause: aCause(),
  action: 'create',
  outcome: 'failure',
  metadata: { problem: 'written for itself' },
} as const

const recordFor = (subject: Subject, clusterId: string): Promise<unknown> =>
  subject.ledger.change(clusterId, () => E.right(decided(undefined, [], [anEvent])))()

/** A record made in a transaction of its own whenever a change fails. */
const recordingFailures =
  (isMeant: (failure: string) => boolean): Break =>
  (subject) => {
    const then =
      <L extends { readonly code: string }, A>(clusterId: string, call: TE.TaskEither<L, A>): TE.TaskEither<L, A> =>
      async () => {
        const result = await call().catch((error: unknown) => error as Error)
        if (result instanceof Error) {
          if (isMeant('rejected')) await recordFor(subject, clusterId)
          throw result
        }
        if (E.isLeft(result) && isMeant(result.left.code)) await recordFor(subject, clusterId)
        return result
      }
    return {
      ...subject,
      ledger: {
        change: (clusterId, decide) => then(clusterId, subject.ledger.change(clusterId, decide)),
        record: (lease, decide, findings) => then(lease.clusterId, subject.ledger.record(lease, decide, findings)),
      },
    }
  }

turnsRed<Subject>({
  port: 'the audit',
  suite: overLedgers(auditSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'records no events',
      mustFail: 'writes one change record per state change, none for a note, and one event per event',
      break: showing((chain) => chain.filter(({ record }) => record.kind === 'change')),
    },
    {
      name: 'records everything as done by itself',
      mustFail: 'records who asked, why, in which request, what became of which row',
      break: showing((chain) =>
        chain.map((entry) => ({ ...entry, record: { ...entry.record, subject: 'the service' } })),
      ),
    },
    {
      name: 'dates records by another clock',
      mustFail: "dates a record by the ledger's own clock, as the decision was told it",
      break: showing((chain) =>
        chain.map((entry) => ({ ...entry, record: { ...entry.record, at: entry.record.at + 1 } })),
      ),
    },
    {
      name: 'uses up a number for every note',
      mustFail: 'numbers the records of a cluster from 1, without a gap',
      break: showing((chain) => chain.map((entry) => ({ ...entry, sequence: entry.sequence * 2 - 1 }))),
    },
    {
      name: 'lets a hash cover its own record only',
      mustFail: 'chains the records of a cluster, each hash covering the one before',
      break: showing((chain) => chain.map((entry) => ({ ...entry, hash: hashOf(entry, chainStart) }))),
    },
    {
      name: 'appends to the chain that it read before the lock',
      mustFail: 'keeps one unbroken chain under simultaneous decisions',
      break: (subject) => {
        const inLine = makeLine()
        return changing((change, { tables }) => (clusterId, decide) => () => {
          const chain = tables.audit.get(clusterId) ?? []
          return inLine(() => {
            tables.audit.set(clusterId, chain)
            return change(clusterId, decide)()
          })
        })(subject)
      },
    },
    {
      name: 'keeps one chain for all clusters',
      mustFail: 'gives every cluster a chain of its own',
      break: (subject) => showing((_chain, { tables }) => [...tables.audit.values()].flat())(subject),
    },
    {
      name: 'writes a new reason into older records',
      mustFail: 'changes nothing that it has recorded',
      break: showing((chain) =>
        chain.map((entry) => ({
          ...entry,
          record: { ...entry.record, reason: `${entry.record.reason}, ${String(chain.length)}` },
        })),
      ),
    },
    {
      name: 'records refusals',
      mustFail: 'records nothing of a decision that is a refusal',
      break: recordingFailures((failure) => failure === 'CLUSTER_DELETED'),
    },
    {
      name: 'records before it writes',
      mustFail: 'records nothing of a decision that could not be written whole',
      break: recordingFailures((failure) => failure === 'rejected'),
    },
    {
      name: 'records what came too late',
      mustFail: 'records nothing of a holder that has lost its fence',
      break: recordingFailures((failure) => failure === 'FENCE_LOST'),
    },
    {
      name: 'records when it hears that the change was written',
      mustFail: 'keeps the record of a commit whose acknowledgement was lost',
      break: changing((change, { tables }) => (clusterId, decide) => async () => {
        const before = tables.audit.get(clusterId) ?? []
        const result = await change(clusterId, decide)()
        if (E.isLeft(result) && result.left.code === 'LEDGER_OUTCOME_UNKNOWN') tables.audit.set(clusterId, before)
        return result
      }),
    },
    {
      name: 'records a change that was never committed',
      mustFail: 'keeps no record of a commit that never arrived',
      break: recordingFailures((failure) => failure === 'LEDGER_OUTCOME_UNKNOWN'),
    },
  ],
})

/** Claims as if every row were a little different. */
const claimingOver = (change: (row: Credential) => Credential): Break =>
  claiming((claim, { tables }) => (request) => async () => {
    everyRow(tables, change)
    return claim(request)()
  })

const claimingOn = (change: (terms: ClaimTerms, request: ClaimRequest) => Partial<ClaimTerms>): Break =>
  claiming(
    (claim) => (request) => claim({ ...request, terms: { ...request.terms, ...change(request.terms, request) } }),
  )

const claimingBothKinds: Break = claiming(
  (claim) => (request) =>
    pipe(
      RA.sequence(TE.ApplicativeSeq)([
        claim({ ...request, kind: 'obligations' }),
        claim({ ...request, kind: 'looks' }),
      ]),
      TE.map(RA.flatten),
    ),
)

const placeOf = (row: Credential | undefined): Partial<ClaimTerms> =>
  row === undefined ? {} : { registryId: row.registryId, scope: row.scope }

turnsRed<Subject>({
  port: 'due work',
  suite: overLedgers(dueWorkSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'does not look at the time',
      mustFail: 'claims nothing where nothing is due',
      break: claimingOver((row) => ({ ...row, nextAttemptAt: past })),
    },
    {
      name: 'tells of leases that it has not stored',
      mustFail: 'takes a creating lease on a due intended row',
      break: claiming((claim, { tables }) => (request) => async () => {
        const before = [...tables.clusters]
        const result = await claim(request)()
        for (const [clusterId, ledger] of before) tables.clusters.set(clusterId, ledger)
        return result
      }),
    },
    {
      name: 'counts the time to settle from the last attempt',
      mustFail: 'never shortens the time until a row is settled',
      break: claimingOver((row) => ({ ...row, settlesAt: undefined })),
    },
    {
      name: 'counts a revocation as an attempt to create',
      mustFail: 'takes a plain lease on a row that is being revoked',
      break: claimingOver((row) => (row.state === 'revoking' ? { ...row, attempts: row.attempts + 1 } : row)),
    },
    {
      name: 'repeats what may not be repeated',
      mustFail: 'gives a row up, without an attempt, where its outcome is unknown and may not be repeated',
      break: claimingOn(() => ({ mayRepeatUnknown: true })),
    },
    {
      name: 'gives up whatever was attempted once',
      mustFail: 'attempts a row that was refused, even where unknown outcomes may not be repeated',
      break: claimingOn(({ mayCreate, mayRepeatUnknown }) => ({ mayCreate: mayCreate && mayRepeatUnknown })),
    },
    {
      name: 'creates at a disabled registry',
      mustFail: 'gives a row up where its registry creates no more',
      break: claimingOn(() => ({ mayCreate: true })),
    },
    {
      name: 'takes rows from whoever holds them',
      mustFail: 'leaves a row alone that somebody holds',
      break: claimingOver((row) => ({ ...row, lease: undefined })),
    },
    {
      name: 'waits for ever for a holder that died',
      mustFail: 'takes over a row whose holder let its lease expire',
      break: claimingOver((row) =>
        row.lease === undefined ? row : { ...row, lease: { ...row.lease, expiresAt: future } },
      ),
    },
    {
      name: 'takes a plain lease for a token that is minted again',
      mustFail: 'claims a published row when its token must be minted again, for an attempt that may create',
      break: claiming(
        (claim) => (request) =>
          pipe(
            claim(request),
            TE.map(RA.map((work) => ({ ...work, credential: { ...work.credential, outcome: 'created' as const } }))),
          ),
      ),
    },
    {
      name: 'claims what has to happen together with the looks',
      mustFail: 'gives a look at what is in use to whoever asks for looks, and nothing else',
      break: claimingBothKinds,
    },
    {
      name: 'goes by what was noted as due, whatever the time has made of it',
      mustFail: 'never has a token that must be minted again wait behind looks',
      break: claimingOver((row) => (row.nextWork === 'validate' ? { ...row, refreshAfter: undefined } : row)),
    },
    {
      name: 'calls nothing urgent',
      mustFail: 'calls urgent what belongs to a cluster that was asked to be deleted',
      break: claiming(
        (claim) => (request) => pipe(claim(request), TE.map(RA.map((work) => ({ ...work, isUrgent: false })))),
      ),
    },
    {
      name: 'claims for registries that it was not asked for',
      mustFail: 'leaves rows of other registries and of other scopes alone',
      break: claiming(
        (claim, { tables }) =>
          (request) =>
          async () =>
            claim({
              ...request,
              terms: { ...request.terms, ...placeOf(livingRows(tables)[0]) },
            })(),
      ),
    },
    {
      name: 'takes the youngest first',
      mustFail: 'gives the rows due longest first, and no more than it was asked for',
      break: claimingOver((row) =>
        row.nextAttemptAt === undefined ? row : { ...row, nextAttemptAt: 2 * past - row.nextAttemptAt },
      ),
    },
    {
      name: 'loses one of two simultaneous claims',
      mustFail: 'never gives one row to two claims',
      break: (subject) => {
        const inLine = makeLine()
        return claiming((claim, { tables }) => (request) => () => {
          const seen = [...tables.clusters]
          return inLine(() => {
            for (const [clusterId, ledger] of seen) tables.clusters.set(clusterId, ledger)
            return claim(request)()
          })
        })(subject)
      },
    },
    {
      name: 'writes a whole row back where it takes a lease',
      mustFail: 'lets decisions about a cluster and claims of its rows go on side by side',
      break: (subject) => {
        const inLine = makeLine()
        return claiming((claim, { tables }) => (request) => () => {
          const seen = new Map(livingRows(tables).map((row) => [row.id, row]))
          return inLine(() => {
            everyRow(tables, (row) => ({ ...row, problem: seen.get(row.id)?.problem }))
            return claim(request)()
          })
        })(subject)
      },
    },
    {
      name: 'names more clusters than it was asked for',
      mustFail: 'names the live clusters that are due, longest due first',
      break: (subject) => ({
        ...subject,
        dueWork: {
          ...subject.dueWork,
          clusters: (limit, registryIds) => subject.dueWork.clusters(limit + 1, registryIds),
        },
      }),
    },
  ],
})

turnsRed<Subject>({
  port: 'shared objects',
  suite: overLedgers(sharedObjectsSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'looks before it takes',
      mustFail: 'gives an object to one of many simultaneous writers',
      break: (subject) => {
        const inLine = makeLine()
        return sharing(({ tables, sharedObjects: { take } }) => ({
          take: (registryId, attemptId, leaseSeconds) => () => {
            const isFree = tables.sharedObjects.get(registryId) === undefined
            return inLine(() => {
              if (isFree) endLease(tables, registryId)
              return take(registryId, attemptId, leaseSeconds)()
            })
          },
        }))(subject)
      },
    },
    {
      name: 'gives an object to its holder again',
      mustFail: 'gives an object to nobody else while its lease runs, not even to its holder again',
      break: sharing(({ tables, sharedObjects: { take } }) => ({
        take: (registryId, attemptId, leaseSeconds) => async () => {
          if (tables.sharedObjects.get(registryId)?.attemptId === attemptId) endLease(tables, registryId)
          return take(registryId, attemptId, leaseSeconds)()
        },
      })),
    },
    {
      name: 'tells a holder of another attempt',
      mustFail: 'tells the holder what it holds',
      break: sharing(({ tables, sharedObjects: { take } }) => ({
        take: (registryId, attemptId, leaseSeconds) =>
          TE.map((lease: { readonly registryId: string; readonly fence: number }) => ({
            ...lease,
            attemptId: 'another',
          }))(take(registryId, attemptId, leaseSeconds)),
        release: ({ registryId }) =>
          TE.fromIO(() => {
            endLease(tables, registryId)
          }),
      })),
    },
    {
      name: 'forgets the fence of an object that was released',
      mustFail: 'gives it on when it is released, under a higher fence',
      break: sharing(({ tables }) => ({
        release: ({ registryId, fence }) =>
          TE.fromIO(() => {
            if (tables.sharedObjects.get(registryId)?.fence === fence) tables.sharedObjects.delete(registryId)
          }),
      })),
    },
    {
      name: 'lets no lease expire',
      mustFail: 'gives it on when a lease expires, under a higher fence',
      break: sharing(({ sharedObjects: { take } }) => ({
        take: (registryId, attemptId, leaseSeconds) => take(registryId, attemptId, Math.max(leaseSeconds, 30)),
      })),
    },
    {
      name: 'counts leases under which nothing was written',
      mustFail: 'gives it on under the same fence when nothing was written under that',
      break: sharing(({ sharedObjects: { release } }) => ({ release: (lease) => release(lease) })),
    },
    {
      name: 'looks at the fence of a release alone',
      mustFail: 'takes no fence back from the next holder',
      break: sharing(({ tables, sharedObjects: { release } }) => ({
        release: (lease, use) => {
          const attemptId = tables.sharedObjects.get(lease.registryId)?.attemptId ?? lease.attemptId
          return release({ ...lease, attemptId }, use)
        },
      })),
    },
    {
      name: 'lowers a fence',
      mustFail: 'gives it under a higher fence than the one that was passed, and never lowers it',
      break: sharing(({ tables }) => ({
        passFence: (registryId, fence) =>
          TE.fromIO(() => {
            const held = tables.sharedObjects.get(registryId)
            tables.sharedObjects.set(registryId, { attemptId: '', expiresAt: 0, ...held, fence })
          }),
      })),
    },
    {
      name: 'passes the fence of an object that is held',
      mustFail: 'passes no fence while somebody holds the object',
      break: sharing(({ tables }) => ({
        passFence: (registryId, fence) =>
          TE.fromIO(() => {
            const held = tables.sharedObjects.get(registryId) ?? { attemptId: '', expiresAt: 0, fence: 0 }
            tables.sharedObjects.set(registryId, { ...held, fence: Math.max(held.fence, fence) })
          }),
      })),
    },
    {
      name: 'lets a late release end any lease',
      mustFail: 'does not let a late release end the lease of the next holder',
      break: sharing(({ tables }) => ({
        release: ({ registryId }) =>
          TE.fromIO(() => {
            endLease(tables, registryId)
          }),
      })),
    },
    {
      name: 'takes a repeated release for the release of the next lease',
      mustFail: 'changes nothing by a release that is repeated',
      break: (subject) => {
        const released = new Set<number>()
        return sharing(({ tables, sharedObjects: { release } }) => ({
          release: (lease) => async () => {
            if (released.has(lease.fence)) endLease(tables, lease.registryId)
            released.add(lease.fence)
            return release(lease)()
          },
        }))(subject)
      },
    },
    {
      name: 'takes a fence back with each release',
      mustFail: 'takes a fence back once, however often nothing was written under it',
      break: sharing(({ tables, sharedObjects: { release } }) => ({
        release: (lease, use) => async () => {
          const held = tables.sharedObjects.get(lease.registryId)
          const isRepeated = held !== undefined && held.fence < lease.fence && held.attemptId === lease.attemptId
          if (isRepeated) tables.sharedObjects.set(lease.registryId, { ...held, fence: held.fence - 1 })
          return release(lease, use)()
        },
      })),
    },
    {
      name: 'has one lease for all objects',
      mustFail: 'keeps objects apart',
      break: sharing(({ sharedObjects: { take } }) => ({
        take: (_registryId, attemptId, leaseSeconds) => take('file', attemptId, leaseSeconds),
      })),
    },
    {
      name: 'holds an object of its own',
      mustFail: tearDown,
      break: (subject) => {
        subject.tables.sharedObjects.set('own', { attemptId: 'own', fence: 1, expiresAt: future })
        return subject
      },
    },
  ],
})

const working =
  (wrap: (subject: Subject) => Partial<Subject['dueWork']>): Break =>
  (subject) => ({ ...subject, dueWork: { ...subject.dueWork, ...wrap(subject) } })

const registering =
  (wrap: (subject: Subject) => Partial<Subject['register']>): Break =>
  (subject) => ({ ...subject, register: { ...subject.register, ...wrap(subject) } })

const readingChains =
  (wrap: (subject: Subject) => Partial<Subject['auditChains']>): Break =>
  (subject) => ({ ...subject, auditChains: { ...subject.auditChains, ...wrap(subject) } })

turnsRed<Subject>({
  port: 'the audit chains',
  suite: overLedgers(auditChainsSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'has a chain for every cluster that is asked for',
      mustFail: 'has no chain before anything happened',
      break: readingChains(({ auditChains: { chains } }) => ({
        chains: (after, limit) =>
          TE.map((found: ReadonlyArray<AuditChain>) =>
            found.length === 0 && after === undefined ? [{ chain: 'cls-abc123', head: undefined }] : found,
          )(chains(after, limit)),
      })),
    },
    {
      name: 'skips a chain at the edge of a page',
      mustFail: 'names each chain once, whatever the size of a page',
      break: readingChains(({ auditChains: { chains } }) => ({
        chains: (after, limit) =>
          after === undefined
            ? chains(after, limit)
            : TE.map((found: ReadonlyArray<AuditChain>) => found.slice(1))(chains(after, limit + 1)),
      })),
    },
    {
      name: 'counts a record less',
      mustFail: 'tells how many records a chain has, and the hash of the newest',
      break: readingChains(({ auditChains: { chains } }) => ({
        chains: (after, limit) =>
          TE.map((found: ReadonlyArray<AuditChain>) =>
            found.map(({ chain, head }) => ({
              chain,
              head: head === undefined ? undefined : { ...head, count: head.count - 1 },
            })),
          )(chains(after, limit)),
      })),
    },
    {
      name: 'leaves out what a record is about',
      mustFail: 'gives the records of a chain whole and in order, whatever the size of a page',
      break: readingChains(({ auditChains: { records } }) => ({
        records: (chain, after, limit) =>
          TE.map((found: ReadonlyArray<StoredAudit>) =>
            found.map((entry) => ({ ...entry, record: { ...entry.record, metadata: {} } })),
          )(records(chain, after, limit)),
      })),
    },
  ],
})

turnsRed<Subject>({
  port: 'the register',
  suite: overLedgers(deploymentRegisterSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'belongs to whoever came last',
      mustFail: 'agrees with the deployment that came first, and with no other',
      break: registering(({ tables }) => ({
        agreeOn: (deploymentId) =>
          TE.fromIO(() => {
            tables.deploymentId = deploymentId
          }),
      })),
    },
    {
      name: 'belongs to whoever asks for its owner',
      mustFail: 'tells who owns the ledger, and that asking makes nobody its owner',
      break: registering(({ tables }) => ({
        owner: TE.fromIO(() => {
          tables.deploymentId ??= 'asker'
          return tables.deploymentId
        }),
      })),
    },
    {
      name: 'looks for an owner before it becomes the property of one',
      mustFail: 'lets one of several simultaneous deployments win',
      break: (subject) => {
        const inLine = makeLine()
        return registering(({ tables, register: { agreeOn } }) => ({
          agreeOn: (deploymentId) => () => {
            const isFree = tables.deploymentId === undefined
            return inLine(() => {
              if (isFree) tables.deploymentId = deploymentId
              return agreeOn(deploymentId)()
            })
          },
        }))(subject)
      },
    },
    {
      name: 'remembers the keys of its first start only',
      mustFail: 'agrees with the keys that it knows, and remembers new ones beside them',
      break: registering(({ tables, register: { agreeOnKeys } }) => ({
        agreeOnKeys: (keys) => agreeOnKeys(tables.keys.size === 0 ? keys : []),
      })),
    },
    {
      name: 'remembers each key before it looks at the next',
      mustFail: 'refuses another key under a known id, and remembers nothing of its ring',
      break: registering(({ register: { agreeOnKeys } }) => ({
        agreeOnKeys: (keys) =>
          TE.map(() => undefined)(TE.traverseSeqArray((key: KeyCheck) => agreeOnKeys([key]))(keys)),
      })),
    },
    {
      name: 'looks at its keys before others remember theirs',
      mustFail: 'lets one of several simultaneous keys of one id win',
      break: registering(({ tables, register: { agreeOnKeys } }) => ({
        agreeOnKeys: (keys) => async () => {
          const isNew = keys.some(({ keyId }) => !tables.keys.has(keyId))
          await new Promise(setImmediate)
          if (!isNew) return agreeOnKeys(keys)()
          keys.forEach(({ keyId, check }) => tables.keys.set(keyId, check))
          return E.right(undefined)
        },
      })),
    },
    {
      name: 'names scopes of revoked rows',
      mustFail: 'names each scope once with what stands there, and none that holds only revoked credentials',
      break: registering(({ tables, register: { scopesInUse } }) => ({
        scopesInUse: TE.map((scopes: ReadonlyArray<RegistryScope>) => [
          ...scopes,
          ...[...tables.revoked.values()].map(({ registryId, scope, clusterId }) => ({
            registryId,
            scope,
            clusterId,
            credentials: 1,
          })),
        ])(scopesInUse),
      })),
    },
    {
      name: 'keeps from a decision what is enabled',
      mustFail: 'shows a decision which registries the newest configuration enables',
      break: changing(
        (change) => (clusterId, decide) =>
          change(clusterId, (ledger, now) => decide({ ...ledger, enabledRegistries: undefined }, now)),
      ),
    },
    {
      name: 'takes whatever is written of a cluster for a look at all that is enabled',
      mustFail: 'loses no cluster that it makes due to a decision that is under way',
      break: changing((change, { tables }) => (clusterId, decide) => async () => {
        const result = await change(clusterId, decide)()
        const ledger = tables.clusters.get(clusterId)
        if (ledger?.cluster !== undefined)
          tables.clusters.set(clusterId, { ...ledger, cluster: { ...ledger.cluster, epoch: tables.epoch } })
        return result
      }),
    },
    {
      name: 'looks at every live cluster again and again',
      mustFail: 'makes a cluster due no more once it was looked at since',
      break: working(({ tables }) => ({
        clusters: (limit) =>
          TE.fromIO(() =>
            tables.epoch === 0
              ? []
              : [...tables.clusters.values()]
                  .flatMap(({ cluster }) => (cluster?.state === 'live' ? [cluster.id] : []))
                  .slice(0, limit),
          ),
      })),
    },
    {
      name: 'looks first at what nobody waits for',
      mustFail: 'names clusters whose time has come before those that are due by what was enabled, each once',
      break: working(({ dueWork: { clusters } }) => ({
        clusters: (limit, enabled) =>
          TE.map((ids: ReadonlyArray<string>) => [...ids].reverse().slice(0, limit))(clusters(100, enabled)),
      })),
    },
    {
      name: 'remembers the registries of its first start only',
      mustFail: 'makes live clusters due when a registry is enabled that was not before',
      break: registering(({ tables, register: { agreeOnRegistries } }) => ({
        agreeOnRegistries: (registries) => async () =>
          tables.enabledRegistries === undefined ? agreeOnRegistries(registries)() : E.right(undefined),
      })),
    },
    {
      name: 'keeps from a decision what is required',
      mustFail: 'shows a decision without which of them it publishes nothing',
      break: changing(
        (change) => (clusterId, decide) =>
          change(clusterId, (ledger, now) => decide({ ...ledger, requiredRegistries: undefined }, now)),
      ),
    },
    {
      name: 'keeps from a decision where registries are',
      mustFail: 'shows a decision where the newest configuration has its registries',
      break: changing(
        (change) => (clusterId, decide) =>
          change(clusterId, (ledger, now) => decide({ ...ledger, scopes: undefined }, now)),
      ),
    },
    {
      name: 'leaves credentials behind where their registry moves',
      mustFail: 'refuses to leave credentials behind, and remembers nothing then',
      break: registering(({ tables, register: { agreeOnRegistries } }) => ({
        agreeOnRegistries: (registries) => async () => {
          const clusters = new Map(tables.clusters)
          tables.clusters.clear()
          const agreed = await agreeOnRegistries(registries)()
          clusters.forEach((ledger, id) => tables.clusters.set(id, ledger))
          return agreed
        },
      })),
    },
  ],
})

const aReplica: Replica = {
  id: '00000000-0000-4000-8000-000000000009',
  component: 'server',
  host: 'nowhere',
  version: '1.0.0',
  protocol: 1,
  keyIds: [],
  startedAt: 0,
  seenAt: 0,
}

const seeing =
  (wrap: (subject: Subject) => Partial<Subject['replicas']>): Break =>
  (subject) => ({ ...subject, replicas: { ...subject.replicas, ...wrap(subject) } })

const seenAs = (change: (seen: SeenReplicas) => Partial<SeenReplicas>): Break =>
  seeing(({ replicas: { seen } }) => ({
    seen: pipe(
      seen,
      TE.map((told) => ({ ...told, ...change(told) })),
    ),
  }))

turnsRed<Subject>({
  port: 'the register of replicas',
  suite: overLedgers(replicaRegisterSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'knows whoever asks',
      mustFail: 'knows nobody at first',
      break: seenAs(({ replicas }) => ({ replicas: [...replicas, aReplica] })),
    },
    {
      name: 'tells of the newest first',
      mustFail: 'tells what each says of itself, the longest running first',
      break: seenAs(({ replicas }) => ({ replicas: replicas.toReversed() })),
    },
    {
      name: 'reads by another clock',
      mustFail: 'tells when each began and was last seen, by the clock that it is read with',
      break: seenAs(({ readAt }) => ({ readAt: readAt + 3_600_000 })),
    },
    {
      name: 'has every replica begin with its last beat',
      mustFail: 'takes what is new from each beat, and keeps when the replica began',
      break: seenAs(({ replicas }) => ({
        replicas: replicas.map((replica) => ({ ...replica, startedAt: replica.seenAt })),
      })),
    },
    {
      name: 'lets nobody leave',
      mustFail: 'tells of nobody who has left, and of whoever comes back',
      break: seeing(() => ({ leave: () => TE.right(undefined) })),
    },
    {
      name: 'begins a replica with each beat',
      mustFail: 'knows one replica whose beats overtake each other, from the first on',
      break: seenAs(({ replicas }) => ({ replicas: replicas.flatMap((replica) => [replica, replica]) })),
    },
    {
      name: 'has one place for all',
      mustFail: 'keeps each of several that begin at once',
      break: seenAs(({ replicas }) => ({ replicas: replicas.slice(0, 2) })),
    },
  ],
})
