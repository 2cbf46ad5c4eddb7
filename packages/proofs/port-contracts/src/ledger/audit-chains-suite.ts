import { type AuditChain, claimOf, decided } from '@pull-secret/domain'
import { aCause, aCluster } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { succeed } from '../expectations.ts'
import { activated, clusterBorn, clusterWith, leased, madeReady } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const clusterIds = ['cls-abc123', 'cls-b', 'cls-c', 'cls-d', 'cls-e']

/** What every adapter of `AuditChains` keeps. */
export const auditChainsSuite = (open: OpenLedger): void => {
  describe('as a reader of the audit chains', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const anEvent = (of: string) =>
      ({ cause: aCause(), action: 'create', outcome: 'failure', metadata: { tries: 1.5, of } }) as const

    /** One chain of a dozen records, more than one digit counts, and four of two. */
    const tell = async (): Promise<void> => {
      const row = await clusterWith(subject, leased())
      const ready = madeReady(row)
      await succeed(subject.ledger.record(claimOf(row), () => decided(undefined, [ready, activated(ready.after)], [])))
      for (let nth = 0; nth < 8; nth += 1)
        await succeed(
          subject.ledger.change(row.clusterId, () => E.right(decided(undefined, [], [anEvent(String(nth))]))),
        )
      for (const id of clusterIds.slice(1))
        await succeed(
          subject.ledger.change(id, () => E.right(decided(undefined, [clusterBorn(aCluster({ id }))], [anEvent(id)]))),
        )
    }

    const pagesOf = async (limit: number, after?: string): Promise<ReadonlyArray<ReadonlyArray<AuditChain>>> => {
      const page = await succeed(subject.auditChains.chains(after, limit))
      return page.length === 0 ? [] : [page, ...(await pagesOf(limit, page.at(-1)?.chain))]
    }

    it('has no chain before anything happened', async () => {
      expect(await succeed(subject.auditChains.chains(undefined, 10))).to.deep.equal([])
      expect(await succeed(subject.auditChains.records('cls-abc123', undefined, 10))).to.deep.equal([])
    })

    it('names each chain once, whatever the size of a page', async () => {
      await tell()
      for (const limit of [1, 2, 5, 10]) {
        const pages = await pagesOf(limit)
        expect(pages.flat().map(({ chain }) => chain)).to.have.members(clusterIds)
        expect(pages.every((page) => page.length <= limit)).to.equal(true)
      }
    })

    it('tells how many records a chain has, and the hash of the newest', async () => {
      await tell()
      for (const { chain, head } of await succeed(subject.auditChains.chains(undefined, 10))) {
        const stored = await subject.audit(chain)
        expect(head).to.deep.equal({ count: stored.length, hash: stored.at(-1)?.hash })
      }
    })

    it('gives the records of a chain whole and in order, whatever the size of a page', async () => {
      await tell()
      const recordsOf = async (chain: string, limit: number, after?: number): Promise<ReadonlyArray<unknown>> => {
        const page = await succeed(subject.auditChains.records(chain, after, limit))
        expect(page.length).to.be.at.most(limit)
        return page.length === 0 ? [] : [...page, ...(await recordsOf(chain, limit, page.at(-1)?.sequence))]
      }
      for (const chain of clusterIds) {
        const stored = await subject.audit(chain)
        for (const limit of [1, 3, 10]) expect(await recordsOf(chain, limit)).to.deep.equal(stored)
      }
    })
  })
}
