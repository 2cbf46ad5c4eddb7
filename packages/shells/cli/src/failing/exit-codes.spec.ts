import type { AnsweredError } from '@pull-secret/wire'
import { expect } from 'chai'
import { failureOfAnswered } from './answered-failure.ts'
import { describeFailure } from './command-failure.ts'
import { describeExitCodes, exitCodes } from './exit-codes.ts'
import { failureOfSdk } from './sdk-failure.ts'
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
    })
    expect(describeExitCodes().split('\n')).to.have.length(9)
  })

  it('are the same for one failure, whether the service is a server or this process', () => {
    const clusterId = 'cls-abc123'
    const pairs: ReadonlyArray<readonly [AnsweredError, Parameters<typeof failureOfSdk>[0]]> = [
      [{ code: 'INVALID_INPUT', field: 'region', rule: 'invalid', message: 'region is wrong' }, 'INVALID_REQUEST'],
      [{ code: 'NOT_AUTHENTICATED', reason: 'missing' }, 'UNAUTHORIZED'],
      [{ code: 'NOT_ALLOWED', verb: 'get', resource: 'pull-secrets' }, 'FORBIDDEN'],
      [{ code: 'PULL_SECRET_NOT_FOUND', clusterId }, 'NOT_FOUND'],
      [{ code: 'CLUSTER_DELETING', clusterId, incarnation: 1 }, 'CLUSTER_DELETING'],
      [{ code: 'CLUSTER_DELETED', clusterId, incarnation: 1 }, 'CLUSTER_DELETED'],
      [{ code: 'INCARNATION_CONFLICT', clusterId, incarnation: 1, asked: 2 }, 'CONFLICT'],
      [
        { code: 'REGISTRIES_NOT_READY', clusterId, registries: [], retryAfterSeconds: 1, timedOut: true },
        'UPSTREAM_TIMEOUT',
      ],
      [{ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }, 'SERVICE_UNAVAILABLE'],
      [{ code: 'INTERNAL' }, 'INTERNAL_ERROR'],
    ]
    for (const [error, sdkCode] of pairs) {
      const [one, other] = [failureOfAnswered(error), failureOfSdk(sdkCode, '')]
      expect([one.code, one.exit]).to.deep.equal([other.code, other.exit])
    }
  })
})

describe('a failure', () => {
  it('names the registries that are not ready, and why', () => {
    const failure = failureOfAnswered({
      code: 'REGISTRIES_NOT_READY',
      clusterId: 'cls-abc123',
      retryAfterSeconds: 5,
      timedOut: false,
      registries: [
        { registryId: 'quay', required: true, status: 'failing', problem: 'throttled' },
        { registryId: 'rhit', required: true, status: 'active' },
      ],
    })
    expect(failure.exit).to.equal('unavailable')
    expect(describeFailure(failure)).to.include('  quay: failing (throttled)\n  rhit: active\n')
  })

  it('names the incarnation that a deleted cluster has, and passes over foreign nonsense', () => {
    expect(failureOfSdk('CLUSTER_DELETED', 'Deleted', { details: { incarnation: 3 } }).hint).to.include('--recreate 3')
    expect(
      failureOfSdk('CLUSTER_DELETED', 'Deleted', {
        details: { incarnation: '$(rm)', registries: [null, 7, { registry_id: {} }] },
      }).hint,
    ).to.include('--recreate N')
  })

  it('tells a database that may come back from what has to be corrected', () => {
    expect(failureOfStart([{ field: 'database', message: 'does not answer' }]).exit).to.equal('unavailable')
    expect(
      failureOfStart([
        { field: 'database', message: 'does not answer' },
        { field: 'registries', message: 'wrong' },
      ]).exit,
    ).to.equal('usage')
  })
})
