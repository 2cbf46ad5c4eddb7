// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { type RefusalEvent, type RefusalLog, refusalsChain } from '@pull-secret/domain'
import { refusalLogSuite } from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import { appendAudit } from '../../src/append-audit.ts'
import { anInMemoryLedger, type InMemoryLedgerSubject as Subject } from '../an-in-memory-ledger.ts'
import { type Break, overLedgers } from './breaking-ledgers.ts'
import { turnsRed } from './turns-red.ts'

const appending =
  (append: (subject: Subject) => RefusalLog['append']): Break =>
  (subject) => ({ ...subject, refusals: { append: append(subject) } })

const appendingChanged = (change: (event: RefusalEvent) => RefusalEvent): Break =>
  appending(
    ({ refusals: { append } }) =>
      (events) =>
        append(events.map(change)),
  )

turnsRed<Subject>({
  port: 'the keeper of refused requests',
  suite: overLedgers(refusalLogSuite),
  open: anInMemoryLedger,
  breakages: [
    {
      name: 'cuts long names',
      mustFail: 'keeps every record whole, in a chain of their own',
      break: appendingChanged((event) => ({ ...event, subject: event.subject.slice(0, 255) })),
    },
    {
      name: 'forgets the metadata',
      mustFail: 'keeps every record whole, in a chain of their own',
      break: appendingChanged((event) => ({ ...event, metadata: {} })),
    },
    {
      name: 'puts them into the chain of a cluster',
      mustFail: 'keeps every record whole, in a chain of their own',
      break: appendingChanged((event) => ({ ...event, clusterId: 'cls-abc123' })),
    },
    {
      name: 'dates them by another clock',
      mustFail: "dates them by the ledger's own clock",
      break: appending(({ tables }) => (events) => () => {
        appendAudit(
          tables,
          events.map((event) => ({ ...event, at: 0 })),
        )
        return Promise.resolve(E.right(undefined))
      }),
    },
    {
      name: 'loses what another one wrote meanwhile',
      mustFail: 'keeps one unbroken chain under simultaneous writers',
      break: appending(({ tables: { audit }, refusals: { append } }) => (events) => async () => {
        const found = audit.get(refusalsChain) ?? []
        const appended = await append(events)()
        audit.set(refusalsChain, [...found, ...(audit.get(refusalsChain) ?? []).slice(-events.length)])
        return appended
      }),
    },
    {
      name: 'hides them from the lists',
      mustFail: 'shows them in the lists of the audit and among its chains, beside those of clusters',
      break: appendingChanged((event) => ({ ...event, action: 'create' })),
    },
    {
      name: 'takes a hundred at once and drops the rest',
      mustFail: 'takes many at once',
      break: appending(
        ({ refusals: { append } }) =>
          (events) =>
            append(events.slice(0, 100)),
      ),
    },
    {
      name: 'calls what nobody acknowledged written',
      mustFail: 'says when nobody acknowledged the records, and has all of them or none',
      break: appending(({ refusals: { append } }) => (events) => async () => {
        await append(events)()
        return E.right(undefined)
      }),
    },
  ],
})
