import { expect } from 'chai'
import { describeFailure } from './command-failure.ts'
import { describeExitCodes, exitCodes } from './exit-codes.ts'
import { failureOfService } from './service-failure.ts'
import { failureOfStart } from './start-failure.ts'

describe('exit codes', () => {
  it('keep their numbers, which scripts rely on', () => {
    expect(exitCodes).to.deep.equal({
      ok: 0,
      internal: 1,
      usage: 2,
      access: 3,
      notFound: 4,
      conflict: 5,
      unavailable: 6,
      underWay: 7,
      checkFailed: 8,
      someFailed: 9,
      gaveUp: 10,
      interrupted: 130,
      readerLeft: 141,
      terminated: 143,
    })
    expect(describeExitCodes().split('\n')).to.have.length(14)
  })
})

describe('a failure', () => {
  it('names the registries that are not ready, and why', () => {
    const registries = [
      { registry_id: 'quay', required: true, status: 'failing', problem: 'throttled' },
      { registry_id: 'rhit', required: true, status: 'active' },
    ]
    const failure = failureOfService('SERVICE_UNAVAILABLE', 'Not every registry is ready', { details: { registries } })
    expect(failure.exit).to.equal('unavailable')
    expect(describeFailure(failure)).to.include('  quay: failing (throttled)\n  rhit: active\n')
  })

  it('says when to try again where there were too many requests', () => {
    const parts = { retryAfterSeconds: 7, details: { limit: 20, window: '1s', retry_after: 7 } }
    const failure = failureOfService('RATE_LIMIT_EXCEEDED', 'Rate limit exceeded', parts)
    expect(failure).to.include({ exit: 'unavailable', retryAfterSeconds: 7 })
    expect(failure.hint).to.include('retry in 7 seconds')
  })

  it('names the incarnation that a deleted cluster has, and passes over foreign nonsense', () => {
    expect(failureOfService('CLUSTER_DELETED', 'Deleted', { details: { incarnation: 3 } }).hint).to.include(
      '--recreate 3',
    )
    expect(
      failureOfService('CLUSTER_DELETED', 'Deleted', {
        details: { incarnation: '$(rm)', registries: [null, 7, { registry_id: {} }] },
      }).hint,
    ).to.include('--recreate N')
  })

  it('tells a database that may come back from what has to be corrected', () => {
    expect(failureOfStart([{ field: 'database', message: 'is starting', mayPass: true }]).exit).to.equal('unavailable')
    expect(failureOfStart([{ field: 'database', message: 'refuses the password', mayPass: false }]).exit).to.equal(
      'usage',
    )
    expect(
      failureOfStart([
        { field: 'database', message: 'is starting', mayPass: true },
        { field: 'registries', message: 'wrong' },
      ]).exit,
    ).to.equal('usage')
  })
})
