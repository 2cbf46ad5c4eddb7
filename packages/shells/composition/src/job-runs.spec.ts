import { mock } from 'node:test'
import type { Cause, Clock, LogFields, Logger } from '@pull-secret/domain'
import { aRecoverySummary } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type JobRuns, makeJobRuns } from './job-runs.ts'
import type { Job } from './job-table.ts'

const cause: Cause = { subject: 'operator', reason: 'manual', traceId: 'trace' }
const nothing = E.right(aRecoverySummary())

const silent: Logger = { log: () => () => undefined }

/** Time as a spec moves it: the calendar's clock may jump, the monotonic one may not. */
const time = { calendar: 0, monotonic: 0 }
const clock: Clock = { ...makeInMemoryClock(), monotonic: () => time.monotonic }

const RealDate = Date

class MovedDate extends RealDate {
  constructor(...given: ReadonlyArray<number>) {
    super(given.length === 0 ? MovedDate.now() : (given[0] ?? 0))
  }

  static override now(): number {
    return start + time.calendar
  }
}

const start = RealDate.UTC(2026, 2, 1)

/** Runs what timers are due second by second. */
const pass = (seconds: number): void => {
  for (let second = 0; second < seconds; second += 1) {
    time.calendar += 1000
    time.monotonic += 1000
    mock.timers.tick(1000)
  }
}

const underMovedTime = async (work: () => Promise<void>): Promise<void> => {
  mock.timers.enable({ apis: ['setTimeout'] })
  globalThis.Date = MovedDate as DateConstructor
  try {
    await work()
  } finally {
    globalThis.Date = RealDate
    mock.timers.reset()
  }
}

/** The runs of a table that holds recovery alone. */
const recoveryRuns = (run: Job['run'], intervalSeconds: number, logger = silent) => {
  const jobs = [{ name: 'recovery', intervalSeconds, run }] as const
  const runs: JobRuns = makeJobRuns({ jobs, clock, logger, ids: makeInMemoryIds(), subject: 'pull-secret-service' })
  return { ...runs, run: (by: Cause) => runs.run('recovery', by) }
}

interface World {
  readonly causes: Array<Cause>
  readonly lines: Array<readonly [string, LogFields | undefined]>
  readonly atOnce: Array<number>
  readonly finish: (result: 'nothing' | 'throws') => Promise<void>
}

const aWorld = (intervalSeconds: number) => {
  const waiting: Array<(result: 'nothing' | 'throws') => void> = []
  const world: World = {
    causes: [],
    lines: [],
    atOnce: [],
    finish: async (result) => {
      waiting.shift()?.(result)
      await new Promise(setImmediate)
    },
  }
  const logger: Logger = { log: (_level, message, fields) => () => void world.lines.push([message, fields]) }
  const recover = (by: Cause) => async () => {
    world.causes.push(by)
    world.atOnce.push(waiting.length + 1)
    const result = await new Promise<'nothing' | 'throws'>((resolve) => waiting.push(resolve))
    if (result === 'throws') throw new Error('canary')
    return nothing
  }
  return { ...world, runs: recoveryRuns(recover, intervalSeconds, logger) }
}

describe('job runs', () => {
  it('begin at once when the server starts', async () => {
    const { runs, causes, finish } = aWorld(60)
    runs.start()
    await new Promise(setImmediate)
    expect(causes.map(({ subject, reason }) => [subject, reason])).to.deep.equal([['pull-secret-service', 'recovery']])
    await finish('nothing')
    await runs.stop()
  })

  it('are left to others when the interval is 0', async () => {
    const { runs, causes } = aWorld(0)
    runs.start()
    await runs.stop()
    expect(causes).to.deep.equal([])
  })

  it('never overlap, and one that was asked for comes after the one under way', async () => {
    const { runs, causes, atOnce, finish } = aWorld(60)
    runs.start()
    await new Promise(setImmediate)
    const asked = runs.run(cause)()
    expect(causes).to.have.length(1)
    await finish('nothing')
    await finish('nothing')
    expect(await asked).to.deep.equal(nothing)
    expect([causes.length, atOnce]).to.deep.equal([2, [1, 1]])
    await runs.stop()
  })

  it('follow each other at once while more is due, until the server stops, and then take up nothing new', async () => {
    const mayContinue: Array<() => boolean> = []
    let runs = 0
    const recovery = recoveryRuns(
      (_cause, mayGoOn) => async () => {
        mayContinue.push(mayGoOn)
        runs += 1
        if (runs === 3) void recovery.stop()
        return E.right(aRecoverySummary({ rows: 50, done: 50, isFinished: false }))
      },
      60,
    )
    recovery.start()
    await new Promise(setImmediate)
    await recovery.stop()
    expect([runs, mayContinue.map((mayGoOn) => mayGoOn())]).to.deep.equal([3, [false, false, false]])
  })

  it('do not pile up: however many ask while one is waiting get the result of that one', async () => {
    const { runs, causes, finish } = aWorld(60)
    runs.start()
    await new Promise(setImmediate)
    const asked = Promise.all(Array.from({ length: 50 }, () => runs.run(cause)()))
    await finish('nothing')
    const afterwards = runs.run(cause)()
    await finish('nothing')
    await finish('nothing')
    expect(await asked).to.deep.equal(Array.from({ length: 50 }, () => nothing))
    expect(await afterwards).to.deep.equal(nothing)
    expect(causes).to.have.length(3)
    await runs.stop()
  })

  it('come at every interval, but not while one is under way', () =>
    underMovedTime(async () => {
      const { runs, causes, finish } = aWorld(60)
      runs.start()
      await new Promise(setImmediate)
      pass(180)
      await finish('nothing')
      expect(causes).to.have.length(1)
      pass(60)
      await new Promise(setImmediate)
      expect(causes).to.have.length(2)
      await finish('nothing')
      pass(58)
      await new Promise(setImmediate)
      expect(causes).to.have.length(2)
      await runs.stop()
    }))

  it('come at every interval although the clock is set back or forward', () =>
    underMovedTime(async () => {
      const { runs, causes, finish } = aWorld(60)
      runs.start()
      await new Promise(setImmediate)
      await finish('nothing')
      for (const [hours, number] of [
        [-1, 2],
        [2, 3],
        [-1, 4],
      ] as const) {
        time.calendar += hours * 3_600_000
        pass(62)
        await new Promise(setImmediate)
        await finish('nothing')
        expect(causes).to.have.length(number)
      }
      await runs.stop()
    }))

  it('go on after one that threw, of which nothing but its kind is told', async () => {
    const { runs, causes, lines, finish } = aWorld(60)
    runs.start()
    await new Promise(setImmediate)
    await finish('throws')
    const asked = runs.run(cause)()
    await new Promise(setImmediate)
    await finish('nothing')
    expect(await asked).to.deep.equal(nothing)
    expect(causes).to.have.length(2)
    expect(lines[0]?.[0]).to.equal('recovery failed with an unexpected error')
    expect(lines[0]?.[1]).to.include({ error: 'Error' })
    expect(JSON.stringify(lines)).not.to.include('canary')
    await runs.stop()
  })

  it('are waited for by who stops them', async () => {
    const { runs, finish } = aWorld(60)
    runs.start()
    let isStopped = false
    const stopped = runs.stop().then(() => {
      isStopped = true
    })
    await new Promise(setImmediate)
    expect(isStopped).to.equal(false)
    await finish('nothing')
    await stopped
  })
})
