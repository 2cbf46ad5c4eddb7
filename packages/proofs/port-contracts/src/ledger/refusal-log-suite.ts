import {
  decided,
  type RefusalEvent,
  refusalEventOf,
  refusalsChain,
  type RefusedRequest,
  withRefusal,
} from '@pull-secret/domain'
import { now } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { fail, plain, succeed } from '../expectations.ts'
import { brokenLinks, sequences } from './audit-chain.ts'
import { clusterBorn, write } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const clusterId = 'cls-abc123'

/** As long as names of ServiceAccounts may be, and longer. */
const longName = `system:serviceaccount:${'n'.repeat(63)}:${'a'.repeat(253)}-ä€`

const anEvent = (given: Partial<RefusedRequest['caller']> = {}): RefusalEvent =>
  refusalEventOf(
    withRefusal(
      undefined,
      {
        caller: { name: 'system:serviceaccount:hyperfleet:adapter', isProven: true, ...given },
        request: { verb: 'create', resource: 'pull-secrets', clusterId },
        traceId: 'trace-1',
      },
      now,
    ),
  )

/** What every keeper of refused requests promises. */
export const refusalLogSuite = (open: OpenLedger): void => {
  describe('as a keeper of refused requests', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const chain = () => subject.audit(refusalsChain)
    const append = (...events: ReadonlyArray<RefusalEvent>) => succeed(subject.refusals.append(events))

    it('keeps every record whole, in a chain of their own', async () => {
      await append(anEvent(), anEvent({ name: longName }))
      await append(anEvent({ isProven: false }))
      const entries = await chain()
      const events = [anEvent(), anEvent({ name: longName }), anEvent({ isProven: false })]
      expect(entries.map(({ record }) => plain({ ...record, at: undefined }))).to.deep.equal(events)
      expect([sequences(entries), brokenLinks(entries)]).to.deep.equal([[1, 2, 3], []])
    })

    it("dates them by the ledger's own clock", async () => {
      const told = await succeed(
        subject.ledger.change(clusterId, (_ledger, at) => E.right(decided(at, [clusterBorn()]))),
      )
      await append(anEvent())
      const after = await succeed(subject.ledger.change(clusterId, (_ledger, at) => E.right(decided(at))))
      const [entry] = await chain()
      expect(entry?.record.at).to.be.within(told, after)
    })

    it('keeps one unbroken chain under simultaneous writers', async () => {
      await Promise.all(Array.from({ length: 12 }, () => append(anEvent(), anEvent())))
      const entries = await chain()
      expect(sequences(entries)).to.deep.equal(Array.from({ length: 24 }, (_, index) => index + 1))
      expect(brokenLinks(entries)).to.deep.equal([])
    })

    it('shows them in the lists of the audit and among its chains, beside those of clusters', async () => {
      await write(subject, clusterBorn())
      await append(anEvent())
      const listed = await succeed(subject.fleet.audit({ action: 'refuse' }, undefined, 10))
      expect(listed.map(({ record }) => [record.subject, record.clusterId])).to.deep.equal([
        ['system:serviceaccount:hyperfleet:adapter', undefined],
      ])
      const chains = await succeed(subject.auditChains.chains(undefined, 10))
      expect(chains.map((found) => found.chain)).to.have.members([clusterId, refusalsChain])
      expect(await succeed(subject.auditChains.records(refusalsChain, undefined, 10))).to.deep.equal(await chain())
    })

    it('takes many at once', async () => {
      await append(...Array.from({ length: 2000 }, () => anEvent({ name: longName })))
      const entries = await chain()
      expect([entries.length, brokenLinks(entries)]).to.deep.equal([2000, []])
    })

    it('says when nobody acknowledged the records, and has all of them or none', async () => {
      for (const [fate, kept] of [
        ['undone', 0],
        ['kept', 2],
      ] as const) {
        subject.loseNextCommit(fate)
        const failure = await fail(subject.refusals.append([anEvent(), anEvent()]))
        expect(failure).to.include({ code: 'LEDGER_OUTCOME_UNKNOWN' })
        expect((await chain()).length).to.equal(kept)
      }
      await append(anEvent())
      expect(brokenLinks(await chain())).to.deep.equal([])
    })
  })
}
