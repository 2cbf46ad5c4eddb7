import { type Credential, type DeleteOutcome, type DeleteRequest, makeRegistries } from '@pull-secret/domain'
import { aCause, aCluster, aCredential, aRegistry, now } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeNotedLedger } from '../test/noted-ledger.ts'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { makeNotedReports } from '../test/noted-reports.ts'
import { refusing, unshared } from '../test/shared-content-doubles.ts'
import { makeRecordAnswer, makeRevokeCredential, type WithSharedContent } from './index.ts'

const cause = aCause()

describe('revoke credential', () => {
  const revoke = async (
    outcome: DeleteOutcome | undefined,
    given: Partial<Credential> = {},
    withSharedContent: WithSharedContent = unshared,
  ) => {
    const requests: Array<DeleteRequest> = []
    const row = aCredential({ state: 'revoking', settlesAt: undefined, ...given })
    const { ledger, records } = makeNotedLedger(aCluster({ state: 'deleting' }), row)
    const { report, reports } = makeNotedReports()
    const { logger, lines } = makeNotedLogger()
    const quay = aRegistry('quay', {
      client: {
        deleteCredential: (request) => () => {
          requests.push(request)
          return outcome === undefined ? Promise.reject(new Error('a bug')) : Promise.resolve(outcome)
        },
      },
    })
    const { clock, alarms } = makeNotedClock(4000)
    const result = await makeRevokeCredential({
      recordAnswer: makeRecordAnswer({ ledger, clock }),
      clock,
      registries: makeRegistries([quay]),
      withSharedContent,
      report,
      logger,
      deploymentId: 'mine',
    })(row, 1000, cause)()
    const noted = records[0]?.decision.transitions[0]
    return {
      requests,
      records,
      reports,
      lines,
      result,
      alarms,
      after: noted !== undefined && 'after' in noted ? (noted.after as Credential) : undefined,
    }
  }

  it('names and marks the object, and records the answer under the lease', async () => {
    const { requests, records, reports, after, alarms } = await revoke({ kind: 'deleted' }, { vendorId: 'object-1' })
    expect(alarms).to.deep.equal([26_000])
    expect(requests).to.deep.equal([
      {
        vendorName: 'quay-1',
        vendorId: 'object-1',
        marker: 'hyperfleet-pull-secret/mine/credential-1',
        shared: undefined,
        deadline: 26_000,
      },
    ])
    expect(records.map(({ lease }) => lease.attemptId)).to.deep.equal(['attempt-1'])
    expect(reports).to.deep.equal([['revoke', 'credential-1', 'deleted']])
    expect(after).to.include({ state: 'revoked', proof: 'delete_accepted' })
  })

  it('looks again soon when somebody else writes the shared object, and later when it could not be read', async () => {
    expect((await revoke({ kind: 'deleted' }, {}, refusing({ code: 'SHARED_OBJECT_BUSY' }))).after).to.include({
      problem: 'object_busy',
      tries: 0,
      nextAttemptAt: now + 2000,
    })
    expect(
      (await revoke({ kind: 'deleted' }, {}, refusing({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }))).after,
    ).to.include({
      state: 'revoking',
      problem: 'storage_failed',
      tries: 1,
    })
  })

  it('does nothing for a registry that is no longer configured', async () => {
    const { requests, records, result } = await revoke({ kind: 'deleted' }, { registryId: 'gone' })
    expect([requests, records, result]).to.deep.equal([[], [], E.right('waiting')])
  })

  it('is told to operators when a client breaks its promise', async () => {
    const { result, lines } = await revoke(undefined)
    expect(result).to.deep.equal(E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }))
    expect(lines.map(([, message]) => message)).to.deep.equal(['a revocation ended unexpectedly'])
  })
})
