import { type ClaimTerms, type SharedObjectLease, takeCreatingLease } from '@pull-secret/domain'
import { aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { fail, plain, succeed } from '../expectations.ts'
import { added, attempt, clusterBorn, stored, write } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const past = Date.parse('2020-01-01T00:00:00Z')
const unknown = { code: 'LEDGER_OUTCOME_UNKNOWN' }
const unavailable = { code: 'LEDGER_UNAVAILABLE' }
const busy = { code: 'SHARED_OBJECT_BUSY' }

const terms = (leaseSeconds: number): ClaimTerms => ({
  registryId: 'quay',
  scope: 'https://quay.example.com|org',
  leaseSeconds,
  landingWindowSeconds: 900,
  mayCreate: true,
  mayRepeatUnknown: true,
})

/**
 * What every adapter of `DueWork` and `SharedObjects` keeps of a lease whose taking, or whose release, nobody
 * acknowledged.
 */
export const lostLeasesSuite = (open: OpenLedger): void => {
  describe('as a giver of leases whose commits get lost', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const dueRow = async () => {
      const row = aFreshCredential({ nextAttemptAt: past })
      await write(subject, clusterBorn(), added(row))
      return row
    }
    const claim = (seed: number, leaseSeconds = 30) =>
      subject.dueWork.claim({ terms: terms(leaseSeconds), kind: 'obligations', attemptIds: [attempt(seed)] })
    const held = async () =>
      (await stored(subject)).credentials.map(({ fence, attempts, lease }) => [fence, attempts, lease?.attemptId])

    it('calls the outcome of a claim unknown whose acknowledgement was lost, and has taken the rows', async () => {
      const row = await dueRow()
      subject.loseNextCommit('kept')
      expect(await fail(claim(1))).to.include(unknown)
      const [found] = (await stored(subject)).credentials
      expect(plain(found)).to.deep.equal(
        plain({
          ...takeCreatingLease(
            row,
            { attemptId: attempt(1), leaseSeconds: 30, landingWindowSeconds: 900 },
            found?.lease?.takenAt ?? 0,
          ),
          version: 2,
        }),
      )
    })

    it('gives the rows of a lost claim to nobody while its leases run, not even to its attempt again', async () => {
      await dueRow()
      subject.loseNextCommit('kept')
      await fail(claim(1))
      expect([await succeed(claim(1)), await succeed(claim(2)), await held()]).to.deep.equal([
        [],
        [],
        [[1, 1, attempt(1)]],
      ])
    })

    it('gives the rows of a lost claim on when its leases end, under a higher fence', async () => {
      await dueRow()
      subject.loseNextCommit('kept')
      await fail(claim(1, 0))
      expect((await succeed(claim(2))).map(({ purpose, credential }) => [purpose, credential.outcome])).to.deep.equal([
        ['create', 'unknown'],
      ])
      expect(await held()).to.deep.equal([[2, 2, attempt(2)]])
    })

    it('calls the outcome of a claim unknown that never arrived, and has taken nothing', async () => {
      await dueRow()
      const before = plain(await stored(subject))
      subject.loseNextCommit('undone')
      expect(await fail(claim(1))).to.include(unknown)
      expect(plain(await stored(subject))).to.deep.equal(before)
      expect([(await succeed(claim(2))).length, await held()]).to.deep.equal([1, [[1, 1, attempt(2)]]])
    })

    it('gives a row to a claim that lands late or to the next, never to both', async () => {
      await dueRow()
      subject.loseNextCommit('late')
      expect(await fail(claim(1))).to.include(unknown)
      const next = await succeed(claim(2))
      await subject.landLate()
      expect(await held()).to.deep.equal([[1, 1, attempt(next.length > 0 ? 2 : 1)]])
    })

    const take = (seed: number, heldSeconds = 30) => subject.sharedObjects.take('file', attempt(seed), heldSeconds)
    const release = (lease: SharedObjectLease) => subject.sharedObjects.release(lease)
    /** An object that was held and is free, and the lease that ended. */
    const freeObject = async () => {
      const lease = await succeed(take(1))
      await succeed(release(lease))
      return lease
    }

    it('answers no lease to who takes an object and is not heard, and gives it to nobody else meanwhile', async () => {
      const { fence } = await freeObject()
      subject.loseNextCommit('kept')
      expect(await fail(take(2))).to.include(unavailable)
      expect([await fail(take(2)), await fail(take(3))]).to.deep.equal([busy, busy])
      await succeed(release({ registryId: 'file', attemptId: attempt(2), fence: fence + 1 }))
    })

    it('gives an object whose taking was lost on when its time ends, under a higher fence', async () => {
      const { fence } = await freeObject()
      subject.loseNextCommit('kept')
      await fail(take(2, 0))
      const next = await succeed(take(3))
      await succeed(release(next))
      expect(next.fence).to.equal(fence + 2)
    })

    it('leaves an object free whose taking never arrived', async () => {
      const { fence } = await freeObject()
      subject.loseNextCommit('undone')
      expect(await fail(take(2))).to.include(unavailable)
      const next = await succeed(take(3))
      await succeed(release(next))
      expect(next.fence).to.equal(fence + 1)
    })

    it('takes an object from nobody by a taking that lands late', async () => {
      subject.loseNextCommit('late')
      expect(await fail(take(1, 0))).to.include(unavailable)
      const holder = await succeed(take(2))
      await subject.landLate()
      expect(await fail(take(3))).to.deep.equal(busy)
      await succeed(release(holder))
      const next = await succeed(take(3))
      await succeed(release(next))
      expect(next.fence).to.equal(holder.fence + 1)
    })

    it('has released an object though nobody acknowledged it', async () => {
      const lease = await succeed(take(1))
      subject.loseNextCommit('kept')
      expect(await fail(release(lease))).to.include(unavailable)
      await succeed(release(await succeed(take(2))))
    })

    it('keeps an object held whose release never arrived, until it is released again', async () => {
      const lease = await succeed(take(1))
      subject.loseNextCommit('undone')
      expect(await fail(release(lease))).to.include(unavailable)
      expect(await fail(take(2))).to.deep.equal(busy)
      await succeed(release(lease))
      await succeed(release(await succeed(take(2))))
    })

    it("ends nobody else's lease by a release that lands late", async () => {
      const lease = await succeed(take(1, 0))
      subject.loseNextCommit('late')
      expect(await fail(release(lease))).to.include(unavailable)
      const holder = await succeed(take(2))
      await subject.landLate()
      expect(await fail(take(3))).to.deep.equal(busy)
      await succeed(release(holder))
    })
  })
}
