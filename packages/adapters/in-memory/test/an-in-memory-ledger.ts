import type { Failure } from '@pull-secret/domain'
import type { CommitFate, LedgerSubject } from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type InMemoryLedger,
  type LedgerTables,
  makeInMemoryClock,
  makeInMemoryLedger,
  makeLedgerTables,
} from '../src/index.ts'

const outcomeUnknown: Failure<'LEDGER_OUTCOME_UNKNOWN'> = { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 1 }
const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }

type LosingParts = Pick<
  LedgerSubject,
  'ledger' | 'dueWork' | 'sharedObjects' | 'refusals' | 'loseNextCommit' | 'landLate'
>

/** A ledger whose commits may be acknowledged by nobody. One that lands late is decided on what it then finds. */
const withLostCommits = ({ ledger, dueWork, sharedObjects, refusals }: InMemoryLedger): LosingParts => {
  let next: CommitFate | undefined
  let late: Array<Task<unknown>> = []
  const perhapsLost =
    <F>(lost: F) =>
    <L, A>(call: TaskEither<L, A>): TaskEither<L | F, A> =>
    async () => {
      const fate = next
      next = undefined
      if (fate === undefined) return call()
      if (fate === 'kept') await call()
      if (fate === 'late') late.push(call)
      return E.left(lost)
    }
  const committed = perhapsLost(outcomeUnknown)
  const executed = perhapsLost(unavailable)
  return {
    ledger: {
      change: (clusterId, decide) => committed(ledger.change(clusterId, decide)),
      record: (lease, decide, findings) => committed(ledger.record(lease, decide, findings)),
    },
    refusals: { append: (events) => committed(refusals.append(events)) },
    dueWork: { ...dueWork, claim: (request) => committed(dueWork.claim(request)) },
    sharedObjects: {
      take: (registryId, attemptId, heldSeconds) => executed(sharedObjects.take(registryId, attemptId, heldSeconds)),
      release: (lease, use) => executed(sharedObjects.release(lease, use)),
      passFence: sharedObjects.passFence,
    },
    loseNextCommit: (fate) => {
      next = fate
    },
    landLate: async () => {
      const landing = late
      late = []
      for (const land of landing) await land()
    },
  }
}

export interface InMemoryLedgerSubject extends LedgerSubject {
  readonly tables: LedgerTables
}

export const anInMemoryLedger = (): InMemoryLedgerSubject => {
  const tables = makeLedgerTables()
  const parts = makeInMemoryLedger({ tables, clock: makeInMemoryClock() })
  return {
    ...parts,
    ...withLostCommits(parts),
    tables,
    audit: (chain) => Promise.resolve(tables.audit.get(chain) ?? []),
    close: () => {
      const held = [...tables.sharedObjects]
        .filter(([, { expiresAt }]) => expiresAt > Date.now())
        .map(([registryId]) => registryId)
      return held.length === 0
        ? Promise.resolve()
        : Promise.reject(new Error(`left behind: shared objects that somebody holds (${held.join(', ')})`))
    },
  }
}
