import type { BudgetSlices, BudgetTerms, CallPriority } from '@pull-secret/domain'
import { expect } from 'chai'
import { fail, succeed } from '../expectations.ts'
import type { CommitFate } from '../ledger/ledger-subject.ts'

/** One empty store of budgets under test. */
export interface BudgetSlicesSubject {
  /** As two processes know the store. */
  readonly processes: readonly [BudgetSlices, BudgetSlices]
  /** The clock of the store goes on, or back, by so many milliseconds. */
  readonly moveClock: (milliseconds: number) => Promise<void>
  /** Nobody acknowledges the next commit of the first process. */
  readonly loseNextCommit: (fate: CommitFate) => void
  /** Lets every commit that is late reach the store now, and waits until it has. */
  readonly landLate: () => Promise<void>
  readonly close: () => Promise<void>
}

export type OpenBudgetSlices = () => Promise<BudgetSlicesSubject>

const minute = 60_000

/** One request becomes due in a minute: what a suite takes to run makes none. */
const terms: BudgetTerms = { perMinute: 1, burst: 4, share: 1 }

/**
 * What every adapter of `BudgetSlices` keeps. What it grants is decided by `decideSlice`, which has specs of its own.
 */
export const budgetSlicesSuite = (open: OpenBudgetSlices): void => {
  describe('as a keeper of budgets that processes share', () => {
    let subject: BudgetSlicesSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const ask = (process: 0 | 1, wanted: number, priority: CallPriority = 'due', own = terms, registryId = 'quay') =>
      subject.processes[process].take({ registryId, terms: own, priority, wanted })
    const take = async (...request: Parameters<typeof ask>) => (await succeed(ask(...request))).granted

    it('grants a burst, whoever takes it, and no more of it however many ask at once', async () => {
      const slices = await Promise.all(Array.from({ length: 12 }, (_, index) => take(index % 2 === 0 ? 0 : 1, 1)))
      expect(slices.reduce((sum, granted) => sum + granted, 0)).to.equal(4)
    })

    it('grants what became due meanwhile, once', async () => {
      await take(0, 4)
      await subject.moveClock(2 * minute)
      expect([await take(1, 1), await take(0, 5), await take(1, 5)]).to.deep.equal([1, 1, 0])
    })

    it('says how long to wait where it grants nothing', async () => {
      await take(0, 4)
      const { granted, waitMilliseconds } = await succeed(ask(1, 1))
      expect(granted).to.equal(0)
      expect(waitMilliseconds).to.be.within(minute / 2, minute)
    })

    it('grants nothing for a clock that goes back and forth again', async () => {
      await take(0, 4)
      await subject.moveClock(-minute / 2)
      expect(await take(1, 1)).to.equal(0)
      await subject.moveClock(minute / 2)
      expect(await take(0, 1)).to.equal(0)
    })

    it('has a budget for each registry', async () => {
      expect([await take(0, 4), await take(0, 4, 'due', terms, 'rhit')]).to.deep.equal([4, 4])
    })

    it('keeps for an urgent process what it was refused, from another one that wants it for less', async () => {
      await take(0, 4)
      await take(0, 9, 'urgent_revocation')
      await subject.moveClock(minute)
      expect([await take(1, 1, 'drift'), await take(0, 1, 'urgent_revocation')]).to.deep.equal([0, 1])
    })

    it('remembers what it owes to a class that was refused again and again', async () => {
      await take(0, 4)
      let drift = 0
      for (let minutes = 0; minutes <= 21; minutes += 1) {
        await take(0, 99, 'urgent_revocation')
        drift += await take(1, 1, 'drift')
        await subject.moveClock(minute)
      }
      expect(drift).to.equal(1)
    })

    it('gives no new burst for another configuration', async () => {
      await take(0, 3)
      await subject.moveClock(60 * minute)
      expect(await take(1, 50, 'due', { perMinute: 1, burst: 50, share: 1 })).to.equal(4)
    })

    it('says that it could not, and has taken nothing, where a commit never arrived', async () => {
      subject.loseNextCommit('undone')
      expect(await fail(ask(0, 4))).to.include({ code: 'LEDGER_UNAVAILABLE' })
      expect(await take(1, 9)).to.equal(4)
    })

    it('says that it could not where nobody acknowledged a commit, and grants what that took to nobody', async () => {
      subject.loseNextCommit('kept')
      expect(await fail(ask(0, 3))).to.include({ code: 'LEDGER_UNAVAILABLE' })
      expect(await take(1, 9)).to.equal(1)
    })

    it('grants no more in all where a commit lands late', async () => {
      await take(0, 1)
      subject.loseNextCommit('late')
      expect(await fail(ask(0, 3))).to.include({ code: 'LEDGER_UNAVAILABLE' })
      await subject.landLate()
      expect(await take(1, 9)).to.equal(0)
    })
  })
}
