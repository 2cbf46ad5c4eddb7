import {
  associatedDataOf,
  type Credential,
  type DeleteOutcome,
  type DeleteRequest,
  makeRegistries,
  secretText,
  type Validation,
} from '@pull-secret/domain'
import { aCause, aCluster, aCredential, aRegistry, now } from '@pull-secret/domain/testing'
import { makeInMemoryCipher } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeNotedLedger } from '../test/noted-ledger.ts'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { makeNotedReports } from '../test/noted-reports.ts'
import { refusing, unshared } from '../test/shared-content-doubles.ts'
import { makeRecordAnswer, makeRevokeCredential, type WithSharedContent } from './index.ts'

const cause = aCause()
const cipher = makeInMemoryCipher()

describe('revoke credential', () => {
  const revoke = async (
    outcome: DeleteOutcome | undefined,
    given: Partial<Credential> = {},
    withSharedContent: WithSharedContent = unshared,
    validation?: Validation,
  ) => {
    const logins: Array<string> = []
    const requests: Array<DeleteRequest> = []
    const row = aCredential({ state: 'revoking', settlesAt: undefined, ...given })
    const { ledger, records } = makeNotedLedger(aCluster({ state: 'deleting' }), row)
    const { report, reports } = makeNotedReports()
    const { logger, lines } = makeNotedLogger()
    const quay = aRegistry('quay', {
      capabilities: { loginsFollowAtOnce: validation !== undefined },
      client: {
        validateCredential: ({ username, token }) => {
          logins.push(`${username}:${token.reveal()}`)
          return () => Promise.resolve(validation ?? { kind: 'indeterminate' })
        },
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
      cipher,
      registries: makeRegistries([quay]),
      withSharedContent,
      report,
      logger,
      deploymentId: 'mine',
    })(row, { askedAt: 1000, priority: 'due', cause })()
    const noted = records[0]?.decision.transitions[0]
    return {
      requests,
      records,
      reports,
      lines,
      result,
      alarms,
      logins,
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
        terms: { deadline: 26_000, priority: 'due' },
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

  describe('of a token that was handed out', () => {
    const row = { outcome: 'created', username: 'robot', id: 'credential-1' } as const
    const sealed = cipher.seal(secretText('token'), associatedDataOf({ id: row.id, registryId: 'quay' }))
    const handedOut = { ...row, sealedToken: E.isRight(sealed) ? sealed.right : '' }
    const revokeAfter = (validation: Validation, given: Partial<Credential> = handedOut) =>
      revoke({ kind: 'deleted' }, given, unshared, validation)

    it('logs in with it before it is erased', async () => {
      const { logins, after } = await revokeAfter({ kind: 'invalid' })
      expect([logins, after?.state]).to.deep.equal([['robot:token'], 'revoked'])
    })

    it('erases none that the registry still accepts', async () => {
      const { after } = await revokeAfter({ kind: 'valid' })
      expect([after?.state, after?.problem, after?.sealedToken]).to.deep.equal([
        'revoking',
        'still_accepted',
        handedOut.sealedToken,
      ])
    })

    it('does not wait for ever for a registry that does not say', async () => {
      expect((await revokeAfter({ kind: 'indeterminate' })).after?.state).to.equal('revoked')
    })

    it('does not wait for ever for a key that is gone', async () => {
      const { logins, after } = await revokeAfter({ kind: 'invalid' }, { ...handedOut, sealedToken: 'of another key' })
      expect([logins, after?.state]).to.deep.equal([[], 'revoked'])
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
