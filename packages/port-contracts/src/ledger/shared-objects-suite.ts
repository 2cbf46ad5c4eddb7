import { expect } from 'chai'
import { fail, succeed } from '../expectations.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const attempt = (seed: number): string => `00000000-0000-4000-b000-${String(seed).padStart(12, '0')}`

/** What every adapter of `SharedObjects` keeps. */
export const sharedObjectsSuite = (open: OpenLedger): void => {
  describe('as a keeper of shared objects', () => {
    let subject: LedgerSubject
    beforeEach(async () => { subject = await open() })
    afterEach(async () => { await subject.close() })

    it('gives an object to one writer at a time', async () => {
      const takes = await Promise.all(Array.from({ length: 8 }, (_, index) => subject.sharedObjects.take('file', attempt(index), 30)()))
      expect(takes.filter((take) => take._tag === 'Right')).to.have.length(1)
      expect(await fail(subject.sharedObjects.take('file', attempt(9), 30))).to.deep.equal({ code: 'SHARED_OBJECT_BUSY' })
    })

    it('gives it on when it is released, under a higher fence', async () => {
      const first = await succeed(subject.sharedObjects.take('file', attempt(1), 30))
      await succeed(subject.sharedObjects.release(first))
      const second = await succeed(subject.sharedObjects.take('file', attempt(2), 30))
      expect(second.fence).to.be.greaterThan(first.fence)
    })

    it('gives it on when a lease expires', async () => {
      const first = await succeed(subject.sharedObjects.take('file', attempt(1), 0))
      expect((await succeed(subject.sharedObjects.take('file', attempt(2), 30))).fence).to.be.greaterThan(first.fence)
    })

    it('does not let a late release end the lease of the next holder', async () => {
      const first = await succeed(subject.sharedObjects.take('file', attempt(1), 0))
      await succeed(subject.sharedObjects.take('file', attempt(2), 30))
      await succeed(subject.sharedObjects.release(first))
      await fail(subject.sharedObjects.take('file', attempt(3), 30))
    })

    it('keeps objects apart', async () => {
      await succeed(subject.sharedObjects.take('file', attempt(1), 30))
      await succeed(subject.sharedObjects.take('other', attempt(2), 30))
    })
  })
}
