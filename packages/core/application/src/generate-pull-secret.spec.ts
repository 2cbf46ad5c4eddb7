import { type ClusterView, type Credential, type CredentialLedger, makeRegistries } from '@pull-secret/domain'
import { aCause, aCluster, aClusterLedger, aCredential, now } from '@pull-secret/domain/testing'
import { makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { anActiveCredential, aPublishedCluster, assembly, servedRows } from '../test/a-published-cluster.ts'
import { makeNotedClock } from '../test/noted-clock.ts'
import { readsAt } from '../test/reads-of.ts'
import { type GenerateDeps, makeGeneratePullSecret } from './index.ts'

const cause = aCause()

/** A generate that finds one state of the ledger after the other; every transaction takes as long as given. */
const generate = async (
  views: ReadonlyArray<ClusterView>,
  given: {
    readonly externalId?: string
    readonly transactionMilliseconds?: number
    readonly deps?: Partial<GenerateDeps>
    /** What a round takes. */
    readonly taken?: ReadonlyArray<Credential>
  } = {},
) => {
  const { clock, sleeps, alarms, pass } = makeNotedClock(1000)
  let rounds = 0
  const ledger: CredentialLedger = {
    change: () =>
      TE.fromIO(() => {
        rounds += 1
        pass(given.transactionMilliseconds ?? 0)
        return (given.taken ?? []) as never
      }),
    record: () => TE.left({ code: 'FENCE_LOST' }),
  }
  const result = await makeGeneratePullSecret({
    ledger,
    clock,
    reads: readsAt(clock, ...views),
    ...assembly,
    ids: makeInMemoryIds(),
    obtain: () => TE.right('done'),
    ...given.deps,
  })({ clusterId: 'cls-abc123', externalId: given.externalId, cause })()
  return { result, sleeps, alarms, rounds }
}

describe('generate pull secret', () => {
  const others = aCredential({ registryId: 'quay', attempts: 2, nextAttemptAt: now + 3_600_000 })
  const waiting = aClusterLedger(aCluster(), anActiveCredential('rhit'), others)
  const complete = aClusterLedger(aPublishedCluster(), ...servedRows)
  const coming = aClusterLedger(
    aPublishedCluster(),
    ...servedRows,
    aCredential({
      registryId: 'harbor',
      nextAttemptAt: now + 3_600_000,
      lease: { attemptId: 'a', takenAt: now, expiresAt: now + 3_600_000 },
    }),
  )

  it('does not wait where nothing is missing', async () => {
    const { result, sleeps, rounds } = await generate([complete])
    expect([E.isRight(result), sleeps, rounds]).to.deep.equal([true, [], 0])
  })

  it('takes one round for a request that only says something new', async () => {
    const { result, sleeps, rounds, alarms } = await generate([complete], { externalId: 'x' })
    expect([E.isRight(result), sleeps, rounds, alarms]).to.deep.equal([true, [], 1, [9000]])
  })

  it('waits until somebody else is done, ever longer between two looks, for eight seconds', async () => {
    const { result, sleeps, rounds } = await generate([waiting])
    expect(E.isLeft(result) && result.left).to.include({ code: 'REGISTRIES_NOT_READY', timedOut: true })
    expect([sleeps, rounds]).to.deep.equal([[50, 100, 200, 400, 800, 800, 800, 800, 800, 800, 800, 800, 800], 1])
  })

  it('says when what waits for its turn at a registry could have it', async () => {
    const registries = makeRegistries(
      assembly.registries.all.map((registry) => ({ ...registry, secondsUntilTurn: () => 23 })),
    )
    const { result } = await generate([waiting], { deps: { registries } })
    expect(E.isLeft(result) && result.left).to.include({ timedOut: true, retryAfterSeconds: 23 })
  })

  it('does not begin a pause that ends with its patience', async () => {
    expect((await generate([waiting], { transactionMilliseconds: 50 })).sleeps).to.deep.equal([
      50, 100, 200, 400, 800, 800, 800, 800, 800, 800, 800, 800,
    ])
  })

  it('looks once more when somebody else is done', async () => {
    const { result, sleeps } = await generate([waiting, waiting, complete])
    expect([E.isRight(result), sleeps]).to.deep.equal([true, [50]])
  })

  it('also waits for an optional registry that is just coming, but never in vain', async () => {
    const soon = await generate([coming, coming, complete])
    expect([E.isRight(soon.result), soon.sleeps]).to.deep.equal([true, [50]])
    const late = await generate([coming])
    expect([E.isRight(late.result), late.sleeps]).to.deep.equal([true, [50, 100, 200, 400, 800, 800, 800]])
  })

  it('waits for less for what an optional registry is asked', async () => {
    const taken = [aCredential({ registryId: 'quay' }), aCredential({ registryId: 'harbor' })]
    expect((await generate([complete], { externalId: 'x', taken })).alarms).to.have.members([9000, 8000, 3000])
  })

  it('does not wait where nothing can move before patience ends', async () => {
    const later = (milliseconds: number) =>
      aClusterLedger(
        aCluster(),
        anActiveCredential('rhit'),
        aCredential({ lease: undefined, nextAttemptAt: now + milliseconds }),
      )
    const { result, sleeps } = await generate([later(8001)])
    expect([
      E.isLeft(result) &&
        result.left.code === 'REGISTRIES_NOT_READY' && [result.left.timedOut, result.left.retryAfterSeconds],
      sleeps,
    ]).to.deep.equal([[false, 9], []])
    expect((await generate([later(8000)])).sleeps).to.have.length(13)
  })

  it('makes another attempt as soon as something is due', async () => {
    const { rounds, sleeps } = await generate([
      waiting,
      aClusterLedger(aCluster(), anActiveCredential('rhit')),
      complete,
    ])
    expect([rounds, sleeps]).to.deep.equal([2, [50]])
  })
})
