import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { answerBy, waitAtMost } from '../src/deadline.ts'
import { makeReportOutcome } from '../src/index.ts'
import { isolateFailure } from '../src/isolate-failure.ts'
import { aRow, makeNotedClock, makeNotedLogger, makeNotedMeter } from './parts.ts'

describe('how a vendor call ended', () => {
  const reported = (outcome: { readonly kind: string; readonly problem?: string }) => {
    const { logger, lines } = makeNotedLogger()
    const { meter, counts } = makeNotedMeter()
    makeReportOutcome({ logger, meter })('create', aRow(), outcome)()
    return { lines, counts }
  }

  it('is counted and told as a success', () => {
    expect(reported({ kind: 'created' })).to.deep.equal({
      counts: [['credential_operations_total', { registry: 'quay', operation: 'create', status: 'success' }]],
      lines: [
        [
          'info',
          'create at the registry: created',
          {
            registry: 'quay',
            cluster_id: 'cls-abc123',
            operation: 'create',
            credential_id: 'credential-1',
            problem: undefined,
          },
        ],
      ],
    })
  })

  it('is counted and told as a failure, a name that is lost included', () => {
    expect(reported({ kind: 'refused', problem: 'quota' })).to.deep.equal({
      counts: [['credential_operations_total', { registry: 'quay', operation: 'create', status: 'failure' }]],
      lines: [
        [
          'warn',
          'create at the registry: refused',
          {
            registry: 'quay',
            cluster_id: 'cls-abc123',
            operation: 'create',
            credential_id: 'credential-1',
            problem: 'quota',
          },
        ],
      ],
    })
    expect(reported({ kind: 'name_burnt' }).lines[0]?.[0]).to.equal('warn')
  })
})

describe('work that ends in a way nobody expects', () => {
  it('fails alone, and tells what kind of error it was but not its text', async () => {
    const { logger, lines } = makeNotedLogger()
    const broken = (reason: unknown) => isolateFailure(logger, 'a create')(() => Promise.reject(reason as Error))()
    const failure = E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 })
    expect([await broken(new TypeError('secret')), await broken('secret')]).to.deep.equal([failure, failure])
    expect(lines).to.deep.equal([
      ['error', 'a create ended unexpectedly', { error_type: 'TypeError' }],
      ['error', 'a create ended unexpectedly', { error_type: 'unknown' }],
    ])
  })

  it('is not work that fails as expected', async () => {
    const { logger, lines } = makeNotedLogger()
    expect(await isolateFailure(logger, 'a create')(TE.left('refused'))()).to.deep.equal(E.left('refused'))
    expect(await isolateFailure(logger, 'a create')(TE.right(3))()).to.deep.equal(E.right(3))
    expect(lines).to.deep.equal([])
  })
})

describe('waiting for a task', () => {
  it('gives what it gave, or nothing when the time is over', async () => {
    const { clock, alarms } = makeNotedClock()
    expect(await waitAtMost(clock, 250)(T.of('done'))()).to.equal('done')
    expect(
      await waitAtMost({ ...clock, alarm: () => T.of(undefined) }, 250)(() => new Promise(() => undefined))(),
    ).to.equal(undefined)
    expect(alarms).to.deep.equal([250])
  })

  it('takes a time that is over already for no time at all', async () => {
    const { clock, alarms } = makeNotedClock()
    await waitAtMost(clock, -5)(T.of(1))()
    expect(alarms).to.deep.equal([0])
  })

  it('of a vendor ends four seconds after the last moment to send, with an unknown outcome', async () => {
    const { clock, alarms } = makeNotedClock(1000)
    expect(await answerBy(clock, 26_000)(T.of({ kind: 'created' }))()).to.deep.equal({ kind: 'created' })
    expect(
      await answerBy(
        { ...clock, alarm: () => T.of(undefined) },
        26_000,
      )(() => new Promise<{ kind: 'created' }>(() => undefined))(),
    ).to.deep.equal({ kind: 'unknown', problem: 'timeout' })
    expect(alarms).to.deep.equal([29_000])
  })
})
