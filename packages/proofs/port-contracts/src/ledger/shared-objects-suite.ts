import type { SharedObjectLease } from '@pull-secret/domain'
import { expect } from 'chai'
import { fail, succeed } from '../expectations.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const attempt = (seed: number): string => `00000000-0000-4000-b000-${String(seed).padStart(12, '0')}`

/** What every adapter of `SharedObjects` keeps. */
export const sharedObjectsSuite = (open: OpenLedger): void => {
  describe('as a keeper of shared objects', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const take = (registryId: string, holder: number, heldSeconds = 30) =>
      succeed(subject.sharedObjects.take(registryId, attempt(holder), heldSeconds))
    const release = (lease: SharedObjectLease) => succeed(subject.sharedObjects.release(lease))

    it('gives an object to one of many simultaneous writers', async () => {
      const takes = await Promise.all(
        Array.from({ length: 8 }, (_, index) => subject.sharedObjects.take('file', attempt(index), 30)()),
      )
      const leases = takes.flatMap((result) => (result._tag === 'Right' ? [result.right] : []))
      expect(leases).to.have.length(1)
      for (const lease of leases) await release(lease)
    })

    it('gives an object to nobody else while its lease runs, not even to its holder again', async () => {
      const lease = await take('file', 1)
      for (const holder of [1, 2])
        expect(await fail(subject.sharedObjects.take('file', attempt(holder), 30))).to.deep.equal({
          code: 'SHARED_OBJECT_BUSY',
        })
      await release(lease)
    })

    it('tells the holder what it holds', async () => {
      const lease = await take('file', 1)
      expect([lease.registryId, lease.attemptId]).to.deep.equal(['file', attempt(1)])
      await release(lease)
    })

    it('gives it on when it is released, under a higher fence', async () => {
      const first = await take('file', 1)
      await release(first)
      const second = await take('file', 2)
      expect(second.fence).to.be.greaterThan(first.fence)
      await release(second)
    })

    it('gives it on when a lease expires, under a higher fence', async () => {
      const first = await take('file', 1, 0)
      const second = await take('file', 2)
      expect(second.fence).to.be.greaterThan(first.fence)
      await release(second)
    })

    it('does not let a late release end the lease of the next holder', async () => {
      const late = await take('file', 1, 0)
      const held = await take('file', 2)
      await release(late)
      await fail(subject.sharedObjects.take('file', attempt(3), 30))
      await release(held)
    })

    it('changes nothing by a release that is repeated', async () => {
      const first = await take('file', 1)
      await release(first)
      await release(first)
      const second = await take('file', 2)
      await release(first)
      await fail(subject.sharedObjects.take('file', attempt(3), 30))
      await release(second)
    })

    it('gives it on under the same fence when nothing was written under that', async () => {
      const first = await take('file', 1)
      await succeed(subject.sharedObjects.release(first, 'nothing-written'))
      const second = await take('file', 2)
      expect(second.fence).to.equal(first.fence)
      await release(second)
      const third = await take('file', 3)
      expect(third.fence).to.be.greaterThan(second.fence)
      await release(third)
    })

    it('takes a fence back once, however often nothing was written under it', async () => {
      await release(await take('file', 1))
      const unused = await take('file', 2)
      for (let repetition = 0; repetition < 3; repetition += 1)
        await succeed(subject.sharedObjects.release(unused, 'nothing-written'))
      const next = await take('file', 3)
      expect(next.fence).to.equal(unused.fence)
      await release(next)
    })

    it('takes no fence back from the next holder', async () => {
      const late = await take('file', 1)
      await succeed(subject.sharedObjects.release(late, 'nothing-written'))
      const held = await take('file', 2)
      await succeed(subject.sharedObjects.release(late, 'nothing-written'))
      await fail(subject.sharedObjects.take('file', attempt(3), 30))
      await release(held)
      const next = await take('file', 4)
      expect(next.fence).to.be.greaterThan(held.fence)
      await release(next)
    })

    it('gives it under a higher fence than the one that was passed, and never lowers it', async () => {
      for (const [passed, least] of [
        [7, 8],
        [3, 9],
      ] as const) {
        await succeed(subject.sharedObjects.passFence('file', passed))
        const lease = await take('file', least)
        expect(lease.fence).to.equal(least)
        await release(lease)
      }
    })

    it('passes no fence while somebody holds the object', async () => {
      const lease = await take('file', 1)
      expect(await fail(subject.sharedObjects.passFence('file', 100))).to.deep.equal({ code: 'SHARED_OBJECT_BUSY' })
      await release(lease)
      const next = await take('file', 2)
      expect(next.fence).to.be.below(100)
      await release(next)
    })

    it('keeps objects apart', async () => {
      const leases = [await take('file', 1), await take('other', 2)]
      for (const lease of leases) await release(lease)
    })
  })
}
