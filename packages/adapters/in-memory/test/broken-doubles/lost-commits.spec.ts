// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import type { ClaimedWork } from '@pull-secret/domain'
import { lostCommitsSuite, lostLeasesSuite } from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LedgerTables } from '../../src/index.ts'
import { clusterLedgerOf } from '../../src/ledger-tables.ts'
import { anInMemoryLedger, type InMemoryLedgerSubject as Subject } from '../an-in-memory-ledger.ts'
import {
  type Break,
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
import { turnsRed } from './turns-red.ts'

type Call = <L extends { readonly code: string }, A>(call: TE.TaskEither<L, A>) => TE.TaskEither<L, A>

const isLost = (result: E.Either<{ readonly code: string }, unknown>): boolean =>
  E.isLeft(result) && ['LEDGER_OUTCOME_UNKNOWN', 'LEDGER_UNAVAILABLE'].includes(result.left.code)

/** Does something to the tables whenever a caller is told that its commit was lost. */
const afterLost =
  (act: (tables: LedgerTables) => void): Break =>
  (subject) => {
    const then: Call = (call) => async () => {
      const result = await call()
      if (isLost(result)) act(subject.tables)
      return result
    }
    return {
      ...subject,
      ledger: {
        change: (clusterId, decide) => then(subject.ledger.change(clusterId, decide)),
        record: (lease, decide, findings) => then(subject.ledger.record(lease, decide, findings)),
      },
      dueWork: { ...subject.dueWork, claim: (request) => then(subject.dueWork.claim(request)) },
      sharedObjects: {
        take: (registryId, attemptId, heldSeconds) =>
          then(subject.sharedObjects.take(registryId, attemptId, heldSeconds)),
        release: (lease, use) => then(subject.sharedObjects.release(lease, use)),
        passFence: subject.sharedObjects.passFence,
      },
    }
  }

/** Does something to the tables when what is late lands. */
const landing =
  (act: (tables: LedgerTables) => void): Break =>
  (subject) => ({
    ...subject,
    landLate: async () => {
      await subject.landLate()
      act(subject.tables)
    },
  })

/** Makes a lost call once more without being asked. */
const onceMore: Call = (call) => async () => {
  const result = await call()
  if (isLost(result)) await call()
  return result
}

const holdForEver = ({ sharedObjects }: LedgerTables): void => {
  for (const [registryId, held] of sharedObjects) sharedObjects.set(registryId, { ...held, expiresAt: future })
}

turnsRed<Subject>({
  port: 'lost commits',
  suite: overLedgers(lostCommitsSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'records a recording when it hears that it was written',
      mustFail: 'calls the outcome of a recording unknown when its acknowledgement is lost, though all is written',
      break: recording((record, { tables }) => (lease, decide, findings) => async () => {
        const before = tables.audit.get(lease.clusterId) ?? []
        const result = await record(lease, decide, findings)()
        if (isLost(result)) tables.audit.set(lease.clusterId, before)
        return result
      }),
    },
    {
      name: 'takes whoever recorded before for a holder still',
      mustFail: 'tells a holder who records again that it gave its lease back, and changes nothing',
      break: recording((record) => (lease, decide, findings) => async () => {
        const result = await record(lease, decide, findings)()
        return E.isLeft(result) ? E.right(undefined as never) : result
      }),
    },
    {
      name: 'records once more what was lost, without being asked',
      mustFail: 'calls the outcome of a recording unknown that never arrived, and has written nothing of it',
      break: recording((record) => (lease, decide, findings) => onceMore(record(lease, decide, findings))),
    },
    {
      name: 'takes a row from a holder whose recording was lost',
      mustFail: 'lets the holder record again what never arrived',
      break: afterLost((tables) => {
        everyRow(tables, (row) => ({ ...row, fence: row.fence + 1 }))
      }),
    },
    {
      name: 'keeps what was learnt apart from the transaction that learnt it',
      mustFail: 'keeps what a holder learnt, or nothing, when it comes too late and nobody answers it',
      break: recording((record, { tables }) => (lease, decide, findings) => {
        everyRow(tables, (row) => ({ ...row, vendorId: row.vendorId ?? findings?.vendorId }))
        return record(lease, decide, findings)
      }),
    },
    {
      name: 'looks at no fence when a recording lands',
      mustFail: 'gives a row to a recording that lands late or to the next holder, never to both',
      break: landing((tables) => {
        everyRow(tables, (row) => ({ ...row, state: 'ready' }))
      }),
    },
    {
      name: 'decides when it is asked, and writes when it lands',
      mustFail: 'lets a change that lands late and its repetition see each other',
      break: changing((change, { tables }) => (clusterId, decide) => () => {
        const seen = clusterLedgerOf(tables, clusterId)
        return change(clusterId, (_ledger, now) => decide(seen, now))()
      }),
    },
    {
      name: 'keeps on using a connection that broke',
      mustFail: 'serves everybody after commits were lost, as if none had been',
      break: (subject) => {
        let isBroken = false
        return claiming((claim) => (request) => async () => {
          if (isBroken) return E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 })
          const result = await claim(request)()
          isBroken = isLost(result)
          return result
        })(subject)
      },
    },
  ],
})

turnsRed<Subject>({
  port: 'lost leases',
  suite: overLedgers(lostLeasesSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'answers a lost claim as one that found nothing',
      mustFail: 'calls the outcome of a claim unknown whose acknowledgement was lost, and has taken the rows',
      break: claiming(
        (claim) => (request) => TE.orElse(() => TE.right<never, ReadonlyArray<ClaimedWork>>([]))(claim(request)),
      ),
    },
    {
      name: 'gives back what a lost claim took',
      mustFail: 'gives the rows of a lost claim to nobody while its leases run, not even to its attempt again',
      break: afterLost((tables) => {
        everyRow(tables, (row) => ({ ...row, lease: undefined, nextAttemptAt: past }))
      }),
    },
    {
      name: 'waits for ever for whoever made a lost claim',
      mustFail: 'gives the rows of a lost claim on when its leases end, under a higher fence',
      break: afterLost((tables) => {
        everyRow(tables, (row) => ({ ...row, nextAttemptAt: future }))
      }),
    },
    {
      name: 'claims once more what was lost, without being asked',
      mustFail: 'calls the outcome of a claim unknown that never arrived, and has taken nothing',
      break: claiming((claim) => (request) => onceMore(claim(request))),
    },
    {
      name: 'looks at no lease when a claim lands',
      mustFail: 'gives a row to a claim that lands late or to the next, never to both',
      break: landing((tables) => {
        everyRow(tables, (row) => ({ ...row, fence: row.fence + 1 }))
      }),
    },
    {
      name: 'gives an object back whose taking was lost',
      mustFail: 'answers no lease to who takes an object and is not heard, and gives it to nobody else meanwhile',
      break: afterLost((tables) => {
        endLease(tables, 'file')
      }),
    },
    {
      name: 'waits for ever for who took an object and was not heard',
      mustFail: 'gives an object whose taking was lost on when its time ends, under a higher fence',
      break: afterLost(holdForEver),
    },
    {
      name: 'takes an object once more whose taking was lost, without being asked',
      mustFail: 'leaves an object free whose taking never arrived',
      break: sharing(({ sharedObjects: { take } }) => ({
        take: (registryId, attemptId, heldSeconds) => onceMore(take(registryId, attemptId, heldSeconds)),
      })),
    },
    {
      name: 'looks at no holder when a taking lands',
      mustFail: 'takes an object from nobody by a taking that lands late',
      break: landing(({ sharedObjects }) => {
        for (const [registryId, held] of sharedObjects)
          sharedObjects.set(registryId, { ...held, fence: held.fence + 1 })
      }),
    },
    {
      name: 'releases nothing that nobody acknowledges',
      mustFail: 'has released an object though nobody acknowledged it',
      break: sharing(({ tables, sharedObjects: { release } }) => ({
        release: (lease) => async () => {
          const result = await release(lease)()
          if (isLost(result)) holdForEver(tables)
          return result
        },
      })),
    },
    {
      name: 'answers success for a release that was lost',
      mustFail: 'keeps an object held whose release never arrived, until it is released again',
      break: sharing(({ sharedObjects: { release } }) => ({
        release: (lease) =>
          TE.fromTask(async () => {
            await release(lease)()
          }),
      })),
    },
    {
      name: 'looks at no fence when a release lands',
      mustFail: "ends nobody else's lease by a release that lands late",
      break: (subject) => {
        let isLate = false
        const noticing = sharing(({ sharedObjects: { release } }) => ({
          release: (lease) => async () => {
            const result = await release(lease)()
            isLate = isLost(result)
            return result
          },
        }))
        return noticing(
          landing((tables) => {
            if (isLate) endLease(tables, 'file')
          })(subject),
        )
      },
    },
  ],
})
