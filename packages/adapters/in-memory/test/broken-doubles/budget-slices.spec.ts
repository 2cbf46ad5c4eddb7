// Here and not beside a source file because it proves a suite of port-contracts, over doubles that break it.
import { type BudgetSlice, type BudgetSlices, decideSlice, type StoredBudget } from '@pull-secret/domain'
import { budgetSlicesSuite } from '@pull-secret/port-contracts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { inMemoryBudgetSlices, type InMemoryBudgetSubject as Subject } from '../in-memory-budget-subject.ts'
import { type Breakage, turnsRed } from './turns-red.ts'

/** Both processes take in another way. */
const taking =
  (take: (honest: BudgetSlices, subject: Subject) => BudgetSlices['take']) =>
  (subject: Subject): Subject => {
    const [one, other] = subject.processes
    return { ...subject, processes: [{ take: take(one, subject) }, { take: take(other, subject) }] }
  }

const slicing = (change: (slice: BudgetSlice) => BudgetSlice) =>
  taking(
    ({ take }) =>
      (request) =>
        TE.map(change)(take(request)),
  )

/** What is stored for a registry is changed before each taking. */
const forgetting = (change: (stored: StoredBudget) => StoredBudget) =>
  taking(({ take }, { budgets }) => (request) => {
    const stored = budgets.get(request.registryId)
    if (stored !== undefined) budgets.set(request.registryId, change(stored))
    return take(request)
  })

const breakages: ReadonlyArray<Breakage<Subject>> = [
  {
    name: 'reads, and writes later what others have changed meanwhile',
    mustFail: 'grants a burst, whoever takes it, and no more of it however many ask at once',
    break: taking((_honest, { budgets, now }) => (request) => async () => {
      const read = budgets.get(request.registryId)
      await Promise.resolve()
      const { budget, slice } = decideSlice(read, request, now())
      budgets.set(request.registryId, budget)
      return E.right(slice)
    }),
  },
  {
    name: 'never fills',
    mustFail: 'grants what became due meanwhile, once',
    break: taking(({ take }, { budgets }) => (request) => async () => {
      const before = budgets.get(request.registryId)
      const slice = await take(request)()
      const stored = budgets.get(request.registryId)
      if (before === undefined || stored === undefined) return slice
      budgets.set(request.registryId, { ...stored, bucket: { ...stored.bucket, tokens: 0 } })
      return before.bucket.tokens === 0 ? E.right({ granted: 0, waitMilliseconds: 1000 }) : slice
    }),
  },
  {
    name: 'lets everybody ask again at once',
    mustFail: 'says how long to wait where it grants nothing',
    break: slicing((slice) => ({ ...slice, waitMilliseconds: 0 })),
  },
  {
    name: 'counts from the latest reading, whatever it is',
    mustFail: 'grants nothing for a clock that goes back and forth again',
    break: (subject) => {
      let set = 0
      return {
        ...subject,
        moveClock: async (milliseconds) => {
          await subject.moveClock(milliseconds)
          set += 1
          subject.budgets.forEach((stored, registryId) => {
            const countedAt = stored.bucket.countedAt - (set > 1 ? milliseconds * 2 : 0)
            subject.budgets.set(registryId, { ...stored, bucket: { ...stored.bucket, countedAt } })
          })
        },
      }
    },
  },
  {
    name: 'has one budget for all',
    mustFail: 'has a budget for each registry',
    break: taking(
      ({ take }) =>
        (request) =>
          take({ ...request, registryId: 'any' }),
    ),
  },
  {
    name: 'forgets who was refused',
    mustFail: 'keeps for an urgent process what it was refused, from another one that wants it for less',
    break: forgetting((stored) => ({ ...stored, demands: {} })),
  },
  {
    name: 'forgets what it owes',
    mustFail: 'remembers what it owes to a class that was refused again and again',
    break: forgetting(({ demands, ...stored }) => ({
      ...stored,
      demands: Object.fromEntries(
        Object.entries(demands).map(([priority, demand]) => [priority, { ...demand, owed: 0 }]),
      ),
    })),
  },
  {
    name: 'forgets under which terms time passed',
    mustFail: 'gives no new burst for another configuration',
    break: taking(({ take }, { budgets }) => (request) => {
      const stored = budgets.get(request.registryId)
      if (stored !== undefined) budgets.set(request.registryId, { ...stored, terms: request.terms })
      return take(request)
    }),
  },
  {
    name: 'takes first and asks whether it can be stored afterwards',
    mustFail: 'says that it could not, and has taken nothing, where a commit never arrived',
    break: (subject) => ({
      ...subject,
      loseNextCommit: (fate) => {
        subject.loseNextCommit(fate === 'undone' ? 'kept' : fate)
      },
    }),
  },
  {
    name: 'grants what may not have been stored',
    mustFail: 'says that it could not where nobody acknowledged a commit, and grants what that took to nobody',
    break: taking(
      ({ take }) =>
        (request) =>
          TE.orElse(() => TE.right<never, BudgetSlice>({ granted: request.wanted, waitMilliseconds: 0 }))(
            take(request),
          ),
    ),
  },
  {
    name: 'loses what lands late',
    mustFail: 'grants no more in all where a commit lands late',
    break: (subject) => ({ ...subject, landLate: () => Promise.resolve() }),
  },
]

turnsRed<Subject>({
  port: 'the budgets',
  suite: (open) => budgetSlicesSuite(() => Promise.resolve(open())),
  open: inMemoryBudgetSlices,
  breakages,
})
