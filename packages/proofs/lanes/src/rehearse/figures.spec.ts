import { expect } from 'chai'
import { meetsTarget } from '../bench/figure.ts'
import { answerFigure, describeMeasured, type Measured } from './figures.ts'
import type { Attempt, Call } from './journal.ts'

const anAttempt = (milliseconds: number, more: Partial<Attempt> = {}): Attempt => ({
  kind: 'get',
  replica: 'replica 1',
  isFar: false,
  beganAt: 0,
  endedAt: milliseconds,
  status: 200,
  ...more,
})

const aCall = (milliseconds: number, more: Partial<Call> = {}): Call => ({
  kind: 'generate',
  beganAt: 0,
  endedAt: milliseconds,
  givenUp: 0,
  ...more,
})

const measured = (more: Partial<Measured> = {}): Measured => ({
  calls: [aCall(400)],
  attempts: [anAttempt(10)],
  disturbances: [],
  unchanged: 0,
  ...more,
})

describe('the figures of a rehearsal', () => {
  it('hold the 99th of a hundred answers without a vendor against the objective of the mode', () => {
    const attempts = [...Array.from({ length: 98 }, () => anAttempt(10)), anAttempt(600), anAttempt(900)]
    expect(answerFigure(measured({ attempts }), 'global').rounds).to.deep.equal([600])
    expect(meetsTarget(answerFigure(measured({ attempts }), 'global'))).to.equal(true)
    expect(meetsTarget(answerFigure(measured({ attempts }), 'per-instance'))).to.equal(false)
  })

  it('count neither who waits for a vendor, nor who was put off or cut', () => {
    const others = [
      anAttempt(5000, { kind: 'generate' }),
      anAttempt(5000, { kind: 'delete' }),
      anAttempt(5000, { status: 503 }),
      anAttempt(5000, { status: undefined }),
    ]
    expect(answerFigure(measured({ attempts: [anAttempt(10), ...others] }), 'global').rounds).to.deep.equal([10])
  })

  it('tell near and far replicas apart where there are far ones', () => {
    const attempts = [anAttempt(10), anAttempt(310, { isFar: true })]
    expect(answerFigure(measured({ attempts }), 'global').note).to.include('100 ms away from it p50 310 ms')
    expect(answerFigure(measured(), 'per-instance').note).not.to.include('away')
  })

  it('meet nothing where nothing was answered', () => {
    expect(meetsTarget(answerFigure(measured({ attempts: [] }), 'global'))).to.equal(false)
  })

  it('say what was sent again, what was given up, and what each disturbance cost', () => {
    const lines = describeMeasured(
      measured({
        calls: [aCall(400), aCall(9000, { givenUp: 2 })],
        attempts: [anAttempt(10, { status: 503, saysWhen: true }), anAttempt(200, { status: undefined })],
        disturbances: [
          { name: 'a kill', beganAt: 0, readyAt: 3000 },
          { name: 'a roll', beganAt: 5000, readyAt: 9000 },
        ],
      }),
    ).join('\n')
    expect(lines).to.include('p50 4700 ms, p99 9000 ms, 2 of them')
    expect(lines).to.include('sent again: 1, 1 of them')
    expect(lines).to.include('the adapter repeated: 1')
    expect(lines).to.include(
      'a kill: callers noticed it for 0.2 s (2 requests sent again), all replicas ready after 3.0',
    )
    expect(lines).to.include('a roll: callers noticed nothing, all replicas ready after 4.0 s')
  })
})
