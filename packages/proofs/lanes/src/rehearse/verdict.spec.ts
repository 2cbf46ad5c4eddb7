import { expect } from 'chai'
import { holds } from '../stage/claim.ts'
import type { Attempt, Call, CallKind } from './journal.ts'
import { claimsOf, type Facts } from './verdict.ts'

const kinds: ReadonlyArray<CallKind> = ['generate', 'regenerate', 'get', 'verify', 'delete']

const aCall = (more: Partial<Call> = {}): Call => ({ kind: 'get', beganAt: 0, endedAt: 10, givenUp: 0, ...more })

const anAttempt = (more: Partial<Attempt> = {}): Attempt => ({
  kind: 'get',
  replica: 'replica 1',
  isFar: false,
  beganAt: 0,
  endedAt: 10,
  status: 200,
  ...more,
})

const facts = (more: Partial<Facts> = {}): Facts => ({
  calls: kinds.map((kind) => aCall({ kind })),
  attempts: [anAttempt()],
  disturbances: [{ name: 'a roll', beganAt: 5, readyAt: 6 }],
  logins: 2,
  refused: [],
  objects: 2,
  orphans: [],
  unsettled: 0,
  settledAfterSeconds: 3,
  exitCodes: [0, 0],
  leftBehind: [],
  ...more,
})

const brokenIn = (more: Partial<Facts>): ReadonlyArray<string> =>
  claimsOf(facts(more))
    .filter((claim) => !holds(claim))
    .flatMap(({ broken }) => broken)

describe('the verdict of a rehearsal', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(brokenIn({})).to.deep.equal([])
  })

  it('forgives what was in flight at a kill, what a dead replica refused, what took long, and what was put off', () => {
    const attempts = [
      anAttempt(),
      anAttempt({ status: undefined, excuse: 'in flight' }),
      anAttempt({ status: undefined, excuse: 'refused' }),
      anAttempt({ status: undefined, excuse: 'timed out' }),
      anAttempt({ status: 503, saysWhen: true }),
      anAttempt({ status: 429, saysWhen: true }),
      anAttempt({ status: 404 }),
    ]
    expect(brokenIn({ attempts })).to.deep.equal([])
  })

  it('fails for a request without an answer elsewhere, and for an error without Retry-After', () => {
    const attempts = [anAttempt({ status: undefined }), anAttempt({ status: 500 })]
    expect(brokenIn({ attempts })).to.deep.equal([
      'get got no answer from replica 1',
      'get was answered 500 by replica 1, without Retry-After',
    ])
  })

  it('fails for everything else that an operator must not find', () => {
    expect(brokenIn({ calls: [...facts().calls, aCall({ complaint: 'NOT_FOUND: it is gone' })] })).to.deep.equal([
      'get: NOT_FOUND: it is gone',
    ])
    expect(brokenIn({ orphans: ['x has no row'] })).to.deep.equal(['x has no row'])
    expect(brokenIn({ refused: ['x is refused'] })).to.deep.equal(['x is refused'])
    expect(brokenIn({ unsettled: 2 })).to.have.length(1)
    expect(brokenIn({ exitCodes: [0, 1, undefined] })).to.have.length(2)
    expect(brokenIn({ leftBehind: ['the process 1'] })).to.deep.equal(['the process 1'])
  })

  it('fails where the load would have proved nothing', () => {
    expect(brokenIn({ calls: [aCall()] })).to.have.length(4)
    expect(brokenIn({ attempts: [anAttempt({ beganAt: 6, endedAt: 9 })] })).to.deep.equal([
      'nothing was asked during: a roll',
    ])
  })
})
