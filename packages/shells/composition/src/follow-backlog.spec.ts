import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Backlog, Failure, ReadBacklogs } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { followBacklog } from './follow-backlog.ts'

const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }

const aBacklog: Backlog = { registryId: 'quay', work: 'create', due: 3, dueSince: 1_000, stuck: 1 }

describe('the metrics of what waits', () => {
  const follow = (answer: () => E.Either<Failure<'LEDGER_UNAVAILABLE'>, ReadBacklogs>) => {
    let [now, asked] = [0, 0]
    const bugs: Array<unknown> = []
    const values = new Map<string, () => ReadonlyArray<{ readonly value: number; readonly labels: object }>>()
    followBacklog({
      meter: { follow: (name, of) => () => void values.set(name, of) },
      clock: { monotonic: () => now },
      fleet: {
        backlog: () => async () => {
          asked += 1
          await Promise.resolve()
          return answer()
        },
      },
      registryIds: ['quay', 'rhit'],
      onBug: (error) => bugs.push(error),
    })
    const scrape = (name: string) => values.get(name)?.() ?? []
    return {
      scrape,
      bugs,
      asked: () => asked,
      pass: async (milliseconds: number) => {
        now += milliseconds
        await endOfTurn()
      },
    }
  }

  it('are what the scrape before asked for, of every registry and work', async () => {
    const { scrape, pass } = follow(() => E.right({ backlogs: [aBacklog], readAt: 61_000 }))
    expect(scrape('recovery_backlog')).to.deep.equal([])
    await pass(1)
    expect(scrape('recovery_backlog')).to.have.length(8)
    const [quay, rhit] = [
      { registry: 'quay', work: 'create' },
      { registry: 'rhit', work: 'create' },
    ]
    expect(scrape('recovery_backlog')).to.deep.include.members([
      { labels: quay, value: 3 },
      { labels: rhit, value: 0 },
    ])
    expect(scrape('recovery_backlog_age_seconds')).to.deep.include.members([
      { labels: quay, value: 60 },
      { labels: rhit, value: 0 },
    ])
    expect(scrape('stuck_credentials')).to.deep.include.members([
      { labels: quay, value: 1 },
      { labels: rhit, value: 0 },
    ])
  })

  it('ask the ledger no more than once in ten seconds, whoever scrapes', async () => {
    const { scrape, asked, pass } = follow(() => E.right({ backlogs: [], readAt: 0 }))
    for (const milliseconds of [0, 1, 9_998, 1]) {
      await pass(milliseconds)
      scrape('recovery_backlog')
      scrape('stuck_credentials')
    }
    expect(asked()).to.equal(2)
  })

  it('survive a count that fails unexpectedly, and say so', async () => {
    const { scrape, pass, bugs } = follow(() => {
      throw new Error('a bug')
    })
    expect(scrape('recovery_backlog')).to.deep.equal([])
    await pass(1)
    expect([scrape('recovery_backlog'), bugs.length]).to.deep.equal([[], 1])
  })

  it('end when the ledger cannot be asked for two minutes, and come back with it', async () => {
    let isThere = true
    const { scrape, pass } = follow(() => (isThere ? E.right({ backlogs: [], readAt: 0 }) : E.left(unavailable)))
    scrape('recovery_backlog')
    await pass(0)
    isThere = false
    await pass(120_000)
    expect(scrape('recovery_backlog')).to.have.length(8)
    await pass(1)
    expect(scrape('recovery_backlog')).to.deep.equal([])
    isThere = true
    await pass(10_000)
    scrape('recovery_backlog')
    await pass(1)
    expect(scrape('recovery_backlog')).to.have.length(8)
  })
})
