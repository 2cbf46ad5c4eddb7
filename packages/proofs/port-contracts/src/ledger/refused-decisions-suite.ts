import { afterTransitions, type Credential, decided } from '@pull-secret/domain'
import { aCluster } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { endWithoutSuccess, reject } from '../expectations.ts'
import {
  activated,
  added,
  clusterBorn,
  clusterWith,
  leased,
  madeReady,
  noted,
  proved,
  retired,
  stored,
  withdrawn,
  write,
} from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const clusterId = 'cls-abc123'

/** What no adapter of `CredentialLedger` writes, whatever decided on it. */
export const refusedDecisionsSuite = (open: OpenLedger): void => {
  describe('as a ledger that refuses', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const rows = async (): Promise<ReadonlyArray<Credential>> => (await stored(subject)).credentials

    it('refuses a decision with an illegal step, whole', async () => {
      const row = await clusterWith(subject, leased())
      const readable = { ...row, username: 'org+robot', sealedToken: 'sealed' }
      await reject(
        subject.ledger.change(clusterId, () =>
          E.right(decided(undefined, [noted(row, { ...row, problem: 'timeout' }), activated(readable)])),
        ),
      )
      expect((await rows()).map((other) => [other.state, other.problem])).to.deep.equal([['intended', undefined]])
    })

    it('holds at most one active and one unpublished row per cluster and registry', async () => {
      await write(subject, clusterBorn(), added(leased()))
      await reject(
        subject.ledger.change(clusterId, () =>
          E.right(decided(undefined, [added(leased({ generation: 2, vendorName: 'quay-2' }))])),
        ),
      )
      const [first] = await rows()
      if (first === undefined) throw new Error('the row is gone')
      const ready = madeReady(first)
      await write(subject, ready, activated(ready.after))
      const second = leased({ generation: 2, vendorName: 'quay-2' })
      const secondReady = madeReady(second)
      await reject(
        subject.ledger.change(clusterId, () =>
          E.right(decided(undefined, [added(second), secondReady, activated(secondReady.after)])),
        ),
      )
      expect((await rows()).map((row) => row.state)).to.deep.equal(['active'])
    })

    it('holds so many after every step of a decision, not only at its end', async () => {
      const first = await clusterWith(subject, leased())
      const active = activated(madeReady(first).after)
      await write(subject, madeReady(first), active)
      const second = leased({ generation: 2, vendorName: 'quay-2' })
      const next = activated(madeReady(second).after)
      const made = [added(second), madeReady(second)]
      await reject(
        subject.ledger.change(clusterId, () => E.right(decided(undefined, [...made, next, retired(active.after)]))),
      )
      expect((await rows()).map(({ state }) => state)).to.deep.equal(['active'])
      await write(subject, ...made, retired(active.after), next)
      expect((await rows()).map(({ state }) => state)).to.have.members(['retiring', 'active'])
    })

    it('holds no row that lacks what its state needs, and no text that cannot be stored', async () => {
      const row = await clusterWith(subject, leased())
      const ready = madeReady(row)
      const unfit: ReadonlyArray<Partial<Credential>> = [
        { sealedToken: undefined },
        { username: undefined },
        { vendorId: 'a\0b' },
      ]
      for (const given of unfit)
        await endWithoutSuccess(
          subject.ledger.change(clusterId, () =>
            E.right(decided(undefined, [{ ...ready, after: { ...ready.after, ...given } }])),
          ),
        )
      const revoking = withdrawn(row)
      for (const given of [{ proof: undefined }, { sealedToken: 'sealed' }])
        await endWithoutSuccess(
          subject.ledger.change(clusterId, () => {
            const gone = proved(revoking.after)
            return E.right(decided(undefined, [revoking, { ...gone, after: { ...gone.after, ...given } }]))
          }),
        )
      expect(await rows()).to.deep.equal([row])
    })

    it('writes nothing about a row that was written since it was read, be it only a note', async () => {
      const read = await clusterWith(subject, leased())
      await write(subject, noted(read, { ...read, problem: 'throttled' }))
      await endWithoutSuccess(
        subject.ledger.change(clusterId, () =>
          E.right(decided(undefined, [noted(read, { ...read, problem: 'timeout' })])),
        ),
      )
      expect((await rows()).map(({ version, problem }) => [version, problem])).to.deep.equal([[2, 'throttled']])
    })

    it('writes nothing about a cluster that was written since it was read, be it only a note', async () => {
      const read = aCluster()
      const note = (externalId: string) =>
        decided(undefined, [{ kind: 'cluster_noted', before: read, after: { ...read, externalId } } as const])
      await write(subject, clusterBorn(read), ...note('ext-1').transitions)
      await endWithoutSuccess(subject.ledger.change(clusterId, () => E.right(note('ext-2'))))
      const { cluster } = await stored(subject)
      expect([cluster?.version, cluster?.externalId]).to.deep.equal([2, 'ext-1'])
    })

    it('writes several steps of one row or cluster in one decision, and counts each', async () => {
      const row = await clusterWith(subject, leased())
      const [first] = [noted(row, { ...row, problem: 'throttled' })]
      const { credentials } = afterTransitions(await stored(subject), [first])
      const second = credentials.map((next) => noted(next, { ...next, problem: 'timeout' }))
      await write(subject, first, ...second)
      expect((await rows()).map(({ version, problem }) => [version, problem])).to.deep.equal([[3, 'timeout']])
    })
  })
}
