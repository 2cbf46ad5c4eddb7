import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { RolloutEntry } from './read-rollout-list.ts'
import type { RolloutResult } from './rollout-results.ts'
import { type RolloutTerms, runRollout } from './run-rollout.ts'

type Answer = E.Either<CommandFailure, unknown>

const entries = (count: number): ReadonlyArray<RolloutEntry> =>
  Array.from({ length: count }, (_, index) => ({ line: index + 1, clusterId: `cls-${String(index + 1)}`, body: {} }))

const ok: Answer = E.right(undefined)

const unavailable = (retryAfterSeconds?: number, code = 'SERVICE_UNAVAILABLE'): Answer =>
  E.left({ code, exit: 'unavailable', message: 'unavailable', retryAfterSeconds })

const refused: Answer = E.left({ code: 'CLUSTER_DELETED', exit: 'conflict', message: 'deleted' })

const terms: RolloutTerms = { concurrency: 1, maxFailures: 2, patienceSeconds: 600 }

/** Runs in a time that passes only in pauses. `answer` knows how often the cluster was asked for before. */
const play = async (
  count: number,
  answer: (clusterId: string, before: number) => Answer | Promise<Answer>,
  changes: Partial<RolloutTerms> = {},
) => {
  let now = 0
  const asked: Array<string> = []
  const pauses: Array<number> = []
  const results: Array<RolloutResult> = []
  const end = await runRollout(
    entries(count),
    { ...terms, ...changes },
    {
      generate: ({ clusterId }) => {
        const before = asked.filter((id) => id === clusterId).length
        asked.push(clusterId)
        return Promise.resolve(answer(clusterId, before))
      },
      processContext: {
        monotonic: () => now,
        sleep: (milliseconds) => {
          pauses.push(milliseconds)
          now += milliseconds
          return Promise.resolve()
        },
      },
      onResult: (result) => results.push(result),
    },
  )
  return { end, asked, pauses, outcomes: results.map(({ entry, outcome }) => `${entry.clusterId} ${outcome}`) }
}

describe('a rollout', () => {
  it('generates for each cluster once', async () => {
    const { end, asked, pauses, outcomes } = await play(3, () => ok)
    expect(end).to.deep.equal({ isOverBudget: false, failure: undefined })
    expect(asked).to.deep.equal(['cls-1', 'cls-2', 'cls-3'])
    expect(pauses).to.deep.equal([])
    expect(outcomes).to.deep.equal(['cls-1 generated', 'cls-2 generated', 'cls-3 generated'])
  })

  it('works on as many at a time as it is told, and no more', async () => {
    let [working, most] = [0, 0]
    await play(
      20,
      async () => {
        working += 1
        most = Math.max(most, working)
        await Promise.resolve()
        working -= 1
        return ok
      },
      { concurrency: 4 },
    )
    expect(most).to.equal(4)
  })

  it('tries again what is unavailable, no sooner than the service asks', async () => {
    const { asked, pauses, outcomes } = await play(2, (id, before) =>
      id === 'cls-1' && before < 2 ? unavailable(7) : ok,
    )
    expect(asked).to.deep.equal(['cls-1', 'cls-1', 'cls-1', 'cls-2'])
    expect(pauses).to.deep.equal([7000, 7000])
    expect(outcomes).to.deep.equal(['cls-1 generated', 'cls-2 generated'])
  })

  it('gives a cluster up that stays unavailable for longer than its patience', async () => {
    const { asked, outcomes } = await play(2, (id) => (id === 'cls-1' ? unavailable(60) : ok), { patienceSeconds: 150 })
    expect(asked.filter((id) => id === 'cls-1')).to.have.length(3)
    expect(outcomes).to.deep.equal(['cls-1 failed', 'cls-2 generated'])
  })

  it('holds everybody up when the caller is too fast, and blames no cluster for it', async () => {
    const { pauses, outcomes, end } = await play(
      2,
      (id, before) => (id === 'cls-1' && before < 30 ? unavailable(60, 'RATE_LIMIT_EXCEEDED') : ok),
      { patienceSeconds: 1 },
    )
    expect(pauses).to.have.length(30)
    expect(outcomes).to.deep.equal(['cls-1 generated', 'cls-2 generated'])
    expect(end.isOverBudget).to.equal(false)
  })

  it('asks for no other cluster before the time that a limit named', async () => {
    const times: Array<number> = []
    let now = 0
    await runRollout(
      entries(4),
      { ...terms, concurrency: 2 },
      {
        generate: async () => {
          const isFirst = times.length === 0
          times.push(now)
          await Promise.resolve()
          return isFirst ? unavailable(30, 'RATE_LIMIT_EXCEEDED') : ok
        },
        processContext: {
          monotonic: () => now,
          sleep: (milliseconds) => {
            now += milliseconds
            return Promise.resolve()
          },
        },
        onResult: () => undefined,
      },
    )
    expect(times.slice(2).every((time) => time >= 30_000)).to.equal(true)
  })

  it('goes on after a failure, until more fail than are allowed', async () => {
    const few = await play(10, (id) => (['cls-2', 'cls-5'].includes(id) ? refused : ok))
    expect(few.end.isOverBudget).to.equal(false)
    expect(few.outcomes).to.have.length(10)
    const many = await play(10, () => refused)
    expect(many.end.isOverBudget).to.equal(true)
    expect(many.outcomes).to.deep.equal(['cls-1 failed', 'cls-2 failed', 'cls-3 failed'])
    expect((await play(10, () => refused, { maxFailures: 0 })).asked).to.deep.equal(['cls-1'])
  })

  for (const code of ['UNAUTHORIZED', 'INTERRUPTED'])
    it(`ends at once with ${code}, which is the failure of no cluster`, async () => {
      const failure: CommandFailure = { code, exit: 'access', message: 'the end' }
      const { end, asked, outcomes } = await play(5, (id) => (id === 'cls-2' ? E.left(failure) : ok))
      expect(end).to.deep.equal({ isOverBudget: false, failure })
      expect(asked).to.deep.equal(['cls-1', 'cls-2'])
      expect(outcomes).to.deep.equal(['cls-1 generated'])
    })
})
