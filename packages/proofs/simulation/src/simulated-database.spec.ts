import { decided } from '@pull-secret/domain'
import { makeInMemoryBudgetSlices, makeInMemoryLedger, makeLedgerTables } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { FaultKind } from './faults.ts'
import { makeLedgerNotes } from './ledger-notes.ts'
import { makeRandom } from './random.ts'
import { makeReplica } from './replica.ts'
import { makeScheduler } from './scheduler.ts'
import { makeSimulatedDatabase } from './simulated-database.ts'
import { makeSimulatedLedger } from './simulated-ledger.ts'
import { silentTimeline } from './timeline.ts'

/** A ledger whose calls meet the given faults, one after the other. */
const open = (faults: Array<FaultKind | undefined>) => {
  const scheduler = makeScheduler()
  const tables = makeLedgerTables()
  const database = makeSimulatedDatabase(scheduler)
  const { ledger, reads } = makeSimulatedLedger({
    network: { scheduler, random: makeRandom(1), timeline: silentTimeline, faultAt: () => faults.shift() },
    replica: makeReplica('one', scheduler),
    parts: makeInMemoryLedger({ tables, clock: database.clock }),
    notes: makeLedgerNotes(tables),
    slices: makeInMemoryBudgetSlices({ budgets: new Map(), clock: database.clock }),
    database,
    onBug: () => undefined,
  })
  let decisions = 0
  const ask = async <A>(task: Task<A>): Promise<A> => {
    const answers: Array<A> = []
    void task().then((answer) => answers.push(answer))
    await scheduler.runUntil(() => answers.length > 0)
    return answers[0] as A
  }
  return {
    scheduler,
    database,
    decisions: () => decisions,
    read: () => ask(reads.cluster('cls-aaaaaa')),
    change: () =>
      ask(
        ledger.change('cls-aaaaaa', () => {
          decisions += 1
          return E.right(decided('changed'))
        }),
      ),
  }
}

const unavailable = E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 })
const outcomeUnknown = E.left({ code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 1 })

describe('the simulated database', () => {
  it('refuses writes and answers reads while it is demoted', async () => {
    const { change, read, decisions, database } = open(['demoted'])
    expect(await change()).to.deep.equal(unavailable)
    expect(await change()).to.deep.equal(unavailable)
    expect(E.isRight(await read())).to.equal(true)
    expect(decisions()).to.equal(0)
    database.promote()
    expect(await change()).to.deep.equal(E.right('changed'))
  })

  it('commits, and leaves its outcome unknown, when its connection ends in the middle', async () => {
    const { change, decisions } = open(['terminated'])
    expect(await change()).to.deep.equal(outcomeUnknown)
    expect(decisions()).to.equal(1)
  })

  it('may tell another time from now on, by five minutes at the most', async () => {
    const { change, database, scheduler } = open(['clock_jumped'])
    const error = () => database.clock.now() - scheduler.now()
    const right = error()
    await change()
    expect(Math.abs(error() - right)).to.be.within(1, 300_000)
    database.setClockError(250_000)
    database.setClockError(-20_000)
    expect(database.clockDoubtMilliseconds()).to.equal(270_000)
  })
  it('tells how much time may seem to have passed, wherever its clock has been since', async () => {
    const { scheduler, database } = open([])
    await scheduler.advance(1000)
    database.setClockError(200_000)
    await scheduler.advance(3000)
    database.setClockError(-100_000)
    await scheduler.advance(6000)
    expect([0, 1000, 2000, 5000].map(database.passedSince)).to.deep.equal([204_000, 203_000, 8000, 5000])
  })
})
