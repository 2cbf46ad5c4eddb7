import type { ReplicaFacts } from '@pull-secret/domain'
import { expect } from 'chai'
import { succeed } from '../expectations.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const facts = (digit: number, given: Partial<ReplicaFacts> = {}): ReplicaFacts => ({
  id: `00000000-0000-4000-8000-00000000000${String(digit)}`,
  component: 'server',
  host: `pod-${String(digit)}`,
  version: '1.0.0',
  keyIds: ['first'],
  ...given,
})

/** What every adapter of `ReplicaRegister` keeps. */
export const replicaRegisterSuite = (open: OpenLedger): void => {
  describe('as a register of replicas', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const seen = async () => (await succeed(subject.replicas.seen)).replicas

    it('knows nobody at first', async () => {
      expect(await seen()).to.deep.equal([])
    })

    it('tells what each says of itself, the longest running first', async () => {
      for (const digit of [2, 1]) await succeed(subject.replicas.beat(facts(digit)))
      const told = (await seen()).map(({ id, component, host, version, keyIds }) => ({
        id,
        component,
        host,
        version,
        keyIds,
      }))
      expect(told).to.deep.equal([facts(2), facts(1)])
    })

    it('tells when each began and was last seen, by the clock that it is read with', async () => {
      await succeed(subject.replicas.beat(facts(1)))
      const { replicas, readAt } = await succeed(subject.replicas.seen)
      const [first] = replicas
      if (first === undefined) throw new Error('nobody was seen')
      expect(first.startedAt).to.equal(first.seenAt)
      expect(readAt - first.seenAt).to.be.within(0, 60_000)
      expect(first.protocol).to.be.greaterThan(0)
    })

    it('takes what is new from each beat, and keeps when the replica began', async () => {
      await succeed(subject.replicas.beat(facts(1)))
      const [before] = await seen()
      await new Promise((resolve) => setTimeout(resolve, 5))
      await succeed(subject.replicas.beat(facts(1, { keyIds: ['first', 'second'] })))
      const [after, ...others] = await seen()
      expect([after?.startedAt, after?.keyIds, others]).to.deep.equal([before?.startedAt, ['first', 'second'], []])
      expect(after?.seenAt).to.be.greaterThan(before?.seenAt ?? Infinity)
    })

    it('tells of nobody who has left, and of whoever comes back', async () => {
      await Promise.all([1, 2].map((digit) => succeed(subject.replicas.beat(facts(digit)))))
      await succeed(subject.replicas.leave(facts(1).id))
      await succeed(subject.replicas.leave(facts(3).id))
      expect((await seen()).map(({ host }) => host)).to.deep.equal(['pod-2'])
      await succeed(subject.replicas.beat(facts(1)))
      expect((await seen()).map(({ host }) => host)).to.have.members(['pod-1', 'pod-2'])
    })

    it('knows one replica whose beats overtake each other, from the first on', async () => {
      await Promise.all(Array.from({ length: 8 }, () => succeed(subject.replicas.beat(facts(1)))))
      expect((await seen()).map(({ id }) => id)).to.deep.equal([facts(1).id])
    })

    it('keeps each of several that begin at once', async () => {
      const digits = [1, 2, 3, 4, 5, 6]
      await Promise.all(digits.map((digit) => succeed(subject.replicas.beat(facts(digit)))))
      expect((await seen()).map(({ id }) => id)).to.have.members(digits.map((digit) => facts(digit).id))
    })
  })
}
