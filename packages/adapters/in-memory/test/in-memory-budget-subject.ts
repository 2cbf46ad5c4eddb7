import type { BudgetSlices, Failure, Instant, StoredBudget } from '@pull-secret/domain'
import type { BudgetSlicesSubject, CommitFate } from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import type { IO } from 'fp-ts/lib/IO.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { makeInMemoryBudgetSlices } from '../src/index.ts'

const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }

export interface InMemoryBudgetSubject extends BudgetSlicesSubject {
  readonly budgets: Map<string, StoredBudget>
  readonly now: IO<Instant>
}

export const inMemoryBudgetSlices = (): InMemoryBudgetSubject => {
  const budgets = new Map<string, StoredBudget>()
  let now = Date.UTC(2026, 0, 1)
  let next: CommitFate | undefined
  let late: ReadonlyArray<Task<unknown>> = []
  const slices = makeInMemoryBudgetSlices({ budgets, clock: { now: () => now } })
  const losing: BudgetSlices = {
    take: (request) => async () => {
      const fate = next
      next = undefined
      if (fate === undefined) return slices.take(request)()
      if (fate === 'kept') await slices.take(request)()
      if (fate === 'late') late = [...late, slices.take(request)]
      return E.left(unavailable)
    },
  }
  return {
    budgets,
    now: () => now,
    processes: [losing, slices],
    moveClock: (milliseconds) => {
      now += milliseconds
      return Promise.resolve()
    },
    loseNextCommit: (fate) => {
      next = fate
    },
    landLate: async () => {
      for (const land of late) await land()
      late = []
    },
    close: () => Promise.resolve(),
  }
}
