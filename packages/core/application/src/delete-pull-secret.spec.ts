import {
  type ClusterLedger,
  type ClusterView,
  type Credential,
  type CredentialLedger,
  type Failure,
  makeRegistries,
} from '@pull-secret/domain'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now } from '@pull-secret/domain/testing'
import { makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { readsOf } from '../test/reads-of.ts'
import { type DeleteDeps, makeDeletePullSecret } from './index.ts'

const cause = aCause()
const deleting = aCluster({ state: 'deleting', incarnation: 3 })
const deleted = aClusterLedger(aCluster({ state: 'deleted', incarnation: 3 }))
const row = (given: Partial<Credential> = {}): Credential =>
  aCredential({
    state: 'revoking',
    incarnation: 3,
    lease: undefined,
    settlesAt: undefined,
    nextAttemptAt: undefined,
    tries: 1,
    ...given,
  })
const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }

/** A delete whose rounds find one state of the ledger after the other, the last one for ever. */
const remove = async (
  rounds: ReadonlyArray<ClusterLedger>,
  views: ReadonlyArray<ClusterView>,
  deps: Partial<DeleteDeps> = {},
) => {
  const { clock, sleeps, alarms } = makeNotedClock(1000)
  const [revoked, refusals]: [Array<unknown>, Array<unknown>] = [[], []]
  let round = 0
  const ledger: CredentialLedger = {
    change: (_, decide) =>
      TE.fromIOEither(() => {
        const found = rounds[Math.min(round, rounds.length - 1)] ?? deleted
        round += 1
        const decision = decide(found, now)
        if (E.isLeft(decision)) refusals.push(decision.left)
        return E.isLeft(decision) ? decision : E.right(decision.right.answer)
      }),
    record: () => TE.left(unavailable),
  }
  const result = await makeDeletePullSecret({
    ledger,
    clock,
    reads: readsOf(...views),
    registries: makeRegistries([aRegistry('quay')]),
    ids: makeInMemoryIds(),
    revoke: ({ id, lease }, { askedAt, priority, cause: { subject } }) =>
      TE.fromIO(() => {
        revoked.push([id, lease?.attemptId.length, askedAt, subject, priority])
        return 'done' as const
      }),
    ...deps,
  })({ clusterId: 'cls-abc123', cause })()
  return { result, sleeps, alarms, revoked, rounds: round, refusals }
}

describe('delete pull secret', () => {
  it('asks the vendors about every row it could take, for eight seconds in all', async () => {
    const { result, revoked, alarms, sleeps } = await remove(
      [aClusterLedger(deleting, row(), row({ id: 'credential-2' }))],
      [deleted],
    )
    expect(revoked).to.have.deep.members([
      ['credential-1', 36, 1000, 'adapter', 'urgent_revocation'],
      ['credential-2', 36, 1000, 'adapter', 'urgent_revocation'],
    ])
    expect([result, alarms, sleeps]).to.deep.equal([E.right({ kind: 'deleted' }), [9000, 8000], []])
  })

  it('takes no more than it has attempt ids for, far more than a cluster ever has', async () => {
    const rows = Array.from({ length: 70 }, (_, index) => row({ id: `credential-${String(index)}` }))
    expect((await remove([aClusterLedger(deleting, ...rows)], [deleted])).revoked).to.have.length(64)
  })

  it('is done where nothing is known any more', async () => {
    expect((await remove([deleted], [aClusterLedger(undefined)])).result).to.deep.equal(E.right({ kind: 'deleted' }))
  })

  it('says how far it is when nothing can be proved yet, and sends nobody waiting for that', async () => {
    const unsettled = await remove(
      [aClusterLedger(deleting, row())],
      [aClusterLedger(deleting, row({ settlesAt: now + 60_000 }))],
    )
    expect([unsettled.result, unsettled.sleeps]).to.deep.equal([
      E.right({
        kind: 'deleting',
        incarnation: 3,
        registries: [
          { registryId: 'quay', status: 'settling', settlesAt: now + 60_000, problem: undefined, stuck: false },
        ],
      }),
      [],
    ])
    const refused = await remove(
      [aClusterLedger(deleting, row())],
      [aClusterLedger(deleting, row({ problem: 'quota' }), row({ id: 'b' }))],
    )
    expect([E.isRight(refused.result) && refused.result.right.kind, refused.sleeps]).to.deep.equal(['deleting', []])
  })

  it('names a registry whose rows are gone already', async () => {
    const rows = [row(), row({ id: 'b', registryId: 'rhit', problem: 'timeout' })]
    const { result } = await remove([aClusterLedger(deleting, ...rows)], [aClusterLedger(deleting, ...rows.slice(1))])
    expect(
      E.isRight(result) &&
        result.right.kind === 'deleting' &&
        result.right.registries.map(({ registryId, status }) => [registryId, status]),
    ).to.deep.equal([
      ['quay', 'revoked'],
      ['rhit', 'revoking'],
    ])
  })

  describe('goes another round', () => {
    const waitsFor = async (...rows: ReadonlyArray<Credential>) =>
      (await remove([aClusterLedger(deleting, row())], [aClusterLedger(deleting, ...rows), deleted])).sleeps

    it('after a moment, or when the last row is due again', async () => {
      expect(await waitsFor(row())).to.deep.equal([400])
      expect(await waitsFor(row({ nextAttemptAt: now + 1500 }), row({ nextAttemptAt: now - 5 }))).to.deep.equal([1500])
    })

    it('without waiting for the end of a lease that somebody holds', async () => {
      expect(await waitsFor(aCredential({ state: 'revoking', settlesAt: undefined }))).to.deep.equal([400])
    })

    it('only if it begins before patience ends', async () => {
      expect(await waitsFor(row({ nextAttemptAt: now + 7999 }))).to.deep.equal([7999])
      expect(await waitsFor(row({ nextAttemptAt: now + 8000 }))).to.deep.equal([])
      expect(await waitsFor(row({ nextAttemptAt: now + 9000 }))).to.deep.equal([])
    })

    it('but none where nothing is being deleted', async () => {
      expect(
        (await remove([aClusterLedger(deleting, row())], [aClusterLedger(aCluster(), row())])).sleeps,
      ).to.deep.equal([])
    })

    it('about the life it began with: one that began meanwhile is spared', async () => {
      const { result, rounds, refusals } = await remove(
        [aClusterLedger(deleting, row()), aClusterLedger(aCluster({ incarnation: 4 }))],
        [aClusterLedger(deleting, row()), aClusterLedger(aCluster({ incarnation: 4 }))],
      )
      expect([rounds, refusals]).to.deep.equal([
        2,
        [{ code: 'INCARNATION_CONFLICT', clusterId: 'cls-abc123', incarnation: 4, asked: 3 }],
      ])
      expect(result).to.deep.equal(E.right({ kind: 'deleted' }))
    })

    it('about no later life, though somebody else deletes that one', async () => {
      const later = aClusterLedger(aCluster({ state: 'deleting', incarnation: 4 }), row({ incarnation: 4 }))
      const { result, sleeps } = await remove(
        [aClusterLedger(deleting, row()), later],
        [aClusterLedger(deleting, row()), later],
      )
      expect([result, sleeps]).to.deep.equal([E.right({ kind: 'deleted' }), [400]])
    })

    it('and says so when the ledger does not answer', async () => {
      let asked = 0
      const change: CredentialLedger['change'] = () =>
        TE.fromIOEither(() => {
          asked += 1
          return asked === 1 ? E.right([] as never) : E.left(unavailable)
        })
      expect(
        (
          await remove([], [aClusterLedger(deleting, row())], {
            ledger: { change, record: () => TE.left(unavailable) },
          })
        ).result,
      ).to.deep.equal(E.left(unavailable))
    })
  })

  it('refuses to delete a life that is not there', async () => {
    const wrong: CredentialLedger['change'] = (_, decide) =>
      TE.fromEither(
        E.map((decision: { answer: never }) => decision.answer)(decide(aClusterLedger(deleting), now) as never),
      )
    const { clock } = makeNotedClock()
    const result = await makeDeletePullSecret({
      ledger: { change: wrong, record: () => TE.left(unavailable) },
      clock,
      reads: readsOf(deleted),
      registries: makeRegistries([]),
      ids: makeInMemoryIds(),
      revoke: () => TE.right('done'),
    })({ clusterId: 'cls-abc123', incarnation: 9, cause })()
    expect(result).to.deep.equal(
      E.left({ code: 'INCARNATION_CONFLICT', clusterId: 'cls-abc123', incarnation: 3, asked: 9 }),
    )
  })
})
