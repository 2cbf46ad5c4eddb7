import {
  type ClaimedWork,
  type ClaimRequest,
  type Cluster,
  type Credential,
  type DueWork,
  type Failure,
  makeRegistries,
  type Registries,
} from '@pull-secret/domain'
import { aCause, aCluster, aCredential, aRecoverySummary, aRegistry, rulesOf } from '@pull-secret/domain/testing'
import { makeInMemoryCipher, makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeNotedLedger } from '../test/noted-ledger.ts'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { makeRecover, type RecoverDeps } from './index.ts'

const cause = aCause()
const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }
const work = (
  purpose: ClaimedWork['purpose'],
  given: Partial<Credential> = {},
  isUrgent: boolean = false,
): ClaimedWork => ({
  purpose,
  isUrgent,
  credential: aCredential(given),
})

interface Plan {
  readonly registries?: Registries
  /** What has to happen, batch after batch. */
  readonly rows?: ReadonlyArray<ReadonlyArray<ClaimedWork>>
  readonly looks?: ReadonlyArray<ReadonlyArray<ClaimedWork>>
  readonly clusters?: ReadonlyArray<ReadonlyArray<string>>
  readonly cluster?: Cluster
  readonly deps?: Partial<RecoverDeps>
  readonly goesOn?: () => boolean
}

const recover = async ({
  registries = makeRegistries([aRegistry('quay')]),
  rows = [],
  looks = [],
  clusters = [],
  cluster = aCluster(),
  deps = {},
  goesOn,
}: Plan) => {
  const [calls, asked]: [Array<unknown>, Array<unknown>] = [[], []]
  const [claims, lookClaims]: [Array<ClaimRequest>, Array<ClaimRequest>] = [[], []]
  const dueWork: DueWork = {
    claim: (request) =>
      TE.fromIO(() => {
        const [made, due] = request.kind === 'looks' ? [lookClaims, looks] : [claims, rows]
        made.push(request)
        return due[made.length - 1] ?? []
      }),
    clusters: (...question) =>
      TE.fromIO(() => {
        asked.push(question)
        return clusters[asked.length - 1] ?? []
      }),
  }
  const { ledger, records } = makeNotedLedger(cluster, aCredential({ state: 'active' }))
  const { logger, lines } = makeNotedLogger()
  const note =
    (operation: string): RecoverDeps['obtain'] =>
    (row, { askedAt, priority, cause: { subject } }) =>
      TE.fromIO(() => {
        calls.push([operation, row.id, askedAt, subject, priority])
        return 'done' as const
      })
  const result = await makeRecover({
    ledger,
    dueWork,
    registries,
    logger,
    ids: makeInMemoryIds(),
    cipher: makeInMemoryCipher(),
    clock: makeNotedClock(1000).clock,
    batchSize: 2,
    obtain: note('obtain'),
    revoke: note('revoke'),
    validate: note('validate'),
    ...deps,
  })(cause, goesOn)()
  return { result, calls, claims, lookClaims, asked, records, lines }
}

describe('recover', () => {
  it('asks the vendor for each row what it is due for', async () => {
    const { result, calls, records } = await recover({ rows: [[work('create', { id: 'a' })]] })
    expect([calls, records, result]).to.deep.equal([
      [['obtain', 'a', 1000, 'adapter', 'due']],
      [],
      E.right(aRecoverySummary({ rows: 1, done: 1, clusters: 0, failed: 0, isFinished: true })),
    ])
    for (const [purpose, operation, priority] of [
      ['mint', 'obtain', 'refresh'],
      ['revoke', 'revoke', 'due'],
      ['validate', 'validate', 'drift'],
    ] as const)
      expect((await recover({ rows: [[work(purpose, { id: 'b' })]] })).calls).to.deep.equal([
        [operation, 'b', 1000, 'adapter', priority],
      ])
  })

  it('revokes before everything else what was asked to be deleted', async () => {
    const priorityOf = async (purpose: ClaimedWork['purpose']) => {
      const { calls } = await recover({ rows: [[work(purpose, {}, true)]] })
      return calls.map((call) => (call as ReadonlyArray<unknown>).at(-1))
    }
    expect([await priorityOf('revoke'), await priorityOf('create')]).to.deep.equal([['urgent_revocation'], ['due']])
  })

  it('keeps what has to happen from waiting behind looks', async () => {
    const look = [work('validate', { id: 'a' }), work('validate', { id: 'b' })]
    const hanging = { validate: () => () => new Promise<never>(() => undefined) }
    const noted: Array<string> = []
    const revoke: RecoverDeps['revoke'] = ({ id }) =>
      TE.fromIO(() => {
        noted.push(id)
        return 'done' as const
      })
    const rows = [[work('revoke', { id: 'c' }), work('revoke', { id: 'd' })], [work('revoke', { id: 'e' })]]
    void recover({ looks: [look], rows, deps: { ...hanging, revoke } })
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    expect(noted).to.have.members(['c', 'd', 'e'])
    const done = await recover({ looks: [look, [work('validate')]] })
    expect([done.lookClaims.length, done.claims.length, done.calls.length]).to.deep.equal([2, 1, 3])
  })

  it('gives up under its lease what can no longer be had', async () => {
    const { calls, records } = await recover({ rows: [[work('abandon')]] })
    expect(calls).to.deep.equal([])
    expect(records.map(({ lease, decision }) => [lease.attemptId, rulesOf(decision.transitions)])).to.deep.equal([
      ['attempt-1', ['C11', 'cluster_noted']],
    ])
  })

  it('claims under the terms of each registry, so many rows at once', async () => {
    const registries = makeRegistries([
      aRegistry('quay'),
      aRegistry('acr', {
        capabilities: { recoveryClass: 'one-shot', landingWindowSeconds: 60 },
        enabled: false,
        leaseSeconds: 20,
      }),
    ])
    const { claims } = await recover({ registries })
    expect(claims).to.have.length(2)
    expect(claims.map(({ terms }) => terms)).to.have.deep.members([
      {
        registryId: 'quay',
        scope: 'scope',
        leaseSeconds: 30,
        landingWindowSeconds: 900,
        mayCreate: true,
        mayRepeatUnknown: true,
      },
      {
        registryId: 'acr',
        scope: 'scope',
        leaseSeconds: 20,
        landingWindowSeconds: 60,
        mayCreate: false,
        mayRepeatUnknown: false,
      },
    ])
    expect(claims.map(({ attemptIds }) => new Set(attemptIds).size)).to.deep.equal([2, 2])
  })

  it('goes on while batches are full, and adds them up', async () => {
    const full = [work('revoke', { id: 'a' }), work('revoke', { id: 'b' })]
    const { result, claims } = await recover({ rows: [full, full, [work('revoke')]], clusters: [['cls-a'], []] })
    expect([claims.length, result]).to.deep.equal([
      3,
      E.right(aRecoverySummary({ rows: 5, done: 5, clusters: 1, failed: 0, isFinished: true })),
    ])
  })

  it('takes no more rows or clusters at once than its budget pays for', async () => {
    const one = [work('create')]
    const budget = { perMinute: 7, burst: 1, share: 1 }
    const off = aRegistry('off', { enabled: false, budget: { ...budget, perMinute: 1 } })
    const budgetOfTwo = { ...budget, perMinute: 45 }
    const two = await recover({ registries: makeRegistries([aRegistry('quay', { budget: budgetOfTwo }), off]) })
    const ofQuay = two.claims.find(({ terms }) => terms.registryId === 'quay')
    expect([ofQuay?.attemptIds.length, two.asked[0]]).to.deep.equal([2, [2, ['quay']]])
    const registries = makeRegistries([aRegistry('quay', { budget })])
    const { claims, asked, result } = await recover({ registries, rows: [one, one], clusters: [['a'], ['b']] })
    expect(claims.map(({ attemptIds }) => attemptIds.length)).to.deep.equal([1, 1, 1])
    expect(asked.map((question) => (question as ReadonlyArray<unknown>)[0])).to.deep.equal([1, 1, 1])
    expect(result).to.deep.equal(
      E.right(aRecoverySummary({ rows: 2, done: 2, clusters: 2, failed: 0, isFinished: true })),
    )
  })

  it('goes on with clusters while batches of them are full', async () => {
    const { result, asked } = await recover({ clusters: [['cls-a', 'cls-b'], ['cls-c']] })
    expect([asked, result]).to.deep.equal([
      [
        [2, ['quay']],
        [2, ['quay']],
      ],
      E.right(aRecoverySummary({ rows: 0, done: 0, clusters: 3, failed: 0, isFinished: true })),
    ])
  })

  it('takes up nothing new after 20 seconds, or when it is to stop, and says that more is due', async () => {
    const full = [work('revoke', { id: 'a' }), work('revoke', { id: 'b' })]
    const { clock, pass } = makeNotedClock(1000)
    const slow = {
      clock,
      revoke: () =>
        TE.fromIO(() => {
          pass(9_000)
          return 'done' as const
        }),
    }
    const { claims, result } = await recover({ rows: [full, full, full], deps: slow })
    expect([claims.length, result]).to.deep.equal([
      2,
      E.right(aRecoverySummary({ rows: 4, done: 4, clusters: 0, failed: 0, isFinished: false })),
    ])
    const stopped = await recover({ rows: [full, full], goesOn: () => false })
    expect([stopped.claims.length, stopped.result]).to.deep.equal([
      1,
      E.right(aRecoverySummary({ rows: 2, done: 2, clusters: 0, failed: 0, isFinished: false })),
    ])
  })

  it('stops after a batch in which something could not be recorded', async () => {
    const rows = [[work('revoke'), work('revoke')], [work('revoke'), work('revoke')], [work('revoke')]]
    const { result, claims } = await recover({ rows, deps: { revoke: () => TE.left(unavailable) } })
    expect([claims.length, result]).to.deep.equal([
      1,
      E.right(aRecoverySummary({ rows: 2, clusters: 0, failed: 2, isFinished: true })),
    ])
  })

  it('does not count as failed what somebody else decided about meanwhile', async () => {
    const { result } = await recover({
      rows: [[work('revoke')]],
      deps: { revoke: () => TE.left({ code: 'FENCE_LOST' }) },
    })
    expect(result).to.deep.equal(
      E.right(aRecoverySummary({ rows: 1, waiting: 1, clusters: 0, failed: 0, isFinished: true })),
    )
  })

  it('counts what the work left of each row', async () => {
    const results = { a: 'done', b: 'refused', c: 'stuck', d: 'waiting' } as const
    const rows = [
      [work('revoke', { id: 'a' }), work('revoke', { id: 'b' })],
      [work('revoke', { id: 'c' }), work('revoke', { id: 'd' })],
    ]
    const revoke: RecoverDeps['revoke'] = ({ id }) => TE.right(results[id as keyof typeof results])
    expect((await recover({ rows, deps: { revoke } })).result).to.deep.equal(
      E.right(aRecoverySummary({ rows: 4, done: 1, waiting: 1, refused: 1, stuck: 1 })),
    )
  })

  it('adds up what failed everywhere', async () => {
    const broken = (): TE.TaskEither<never, never> => () => Promise.reject(new Error('a bug'))
    const { result, lines } = await recover({
      rows: [[work('revoke')]],
      clusters: [['cls-a']],
      deps: { revoke: broken, ledger: { change: broken, record: broken } },
    })
    expect(result).to.deep.equal(E.right(aRecoverySummary({ rows: 1, clusters: 1, failed: 2, isFinished: true })))
    expect(lines.map(([, message]) => message).sort()).to.deep.equal([
      'completion of a cluster ended unexpectedly',
      'recovery of a row ended unexpectedly',
    ])
  })

  it('leaves alone a row whose registry is no longer configured', async () => {
    const { calls, records, result } = await recover({ rows: [[work('revoke', { registryId: 'gone' })]] })
    expect([calls, records, result]).to.deep.equal([
      [],
      [],
      E.right(aRecoverySummary({ rows: 1, waiting: 1, clusters: 0, failed: 0, isFinished: true })),
    ])
  })

  it('says so when the ledger does not answer, after trying everything', async () => {
    const dueWork: DueWork = { claim: () => TE.left(unavailable), clusters: () => TE.right([]) }
    expect((await recover({ deps: { dueWork } })).result).to.deep.equal(E.left(unavailable))
  })

  it('completes a cluster by asking the vendors for what is missing, knowing only what is enabled', async () => {
    const registries = makeRegistries([aRegistry('quay'), aRegistry('rhit'), aRegistry('off', { enabled: false })])
    const { calls, asked, result } = await recover({ registries, clusters: [['cls-abc123']] })
    expect(asked).to.deep.equal([[2, ['quay', 'rhit']]])
    expect(calls.map((call) => (call as ReadonlyArray<unknown>).filter((_, index) => index !== 1))).to.deep.equal([
      ['obtain', 1000, 'adapter', 'due'],
    ])
    expect(result).to.deep.equal(
      E.right(aRecoverySummary({ rows: 1, done: 1, clusters: 1, failed: 0, isFinished: true })),
    )
  })

  it('counts what completion left of each row, and what could not be recorded', async () => {
    const registries = makeRegistries([aRegistry('acr'), aRegistry('rhit'), aRegistry('edge')])
    const obtain: RecoverDeps['obtain'] = ({ registryId }) => {
      if (registryId === 'edge') return TE.left(unavailable)
      return TE.right(registryId === 'acr' ? 'refused' : 'done')
    }
    expect((await recover({ registries, clusters: [['cls-abc123']], deps: { obtain } })).result).to.deep.equal(
      E.right(aRecoverySummary({ rows: 3, done: 1, refused: 1, clusters: 1, failed: 1 })),
    )
  })

  it('works on the rows of a registry side by side, so that a shared object is written once for them', async () => {
    let [underWay, most] = [0, 0]
    const revoke: RecoverDeps['revoke'] = () => async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      underWay -= 1
      return E.right('done' as const)
    }
    await recover({
      registries: makeRegistries([aRegistry('quay', { capabilities: { sharedObject: true } })]),
      rows: [[work('revoke', { id: 'a' }), work('revoke', { id: 'b' })]],
      deps: { revoke },
    })
    expect(most).to.equal(2)
  })
})
