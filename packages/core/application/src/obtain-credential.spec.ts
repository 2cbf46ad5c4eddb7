import {
  type Cipher,
  type CreateOutcome,
  type CreateRequest,
  type Credential,
  makeRegistries,
  type RegistryCapabilities,
  secretText,
} from '@pull-secret/domain'
import { aCause, aCluster, aCredential, aRegistry, now } from '@pull-secret/domain/testing'
import { makeInMemoryCipher } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { keylessCipher } from '../test/keyless-cipher.ts'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeNotedLedger } from '../test/noted-ledger.ts'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { makeNotedReports } from '../test/noted-reports.ts'
import { refusing, unshared } from '../test/shared-content-doubles.ts'
import { makeObtainCredential, makeRecordAnswer, type WithSharedContent } from './index.ts'

const cause = aCause()
const cipher = makeInMemoryCipher()
const created: CreateOutcome = { kind: 'created', username: 'robot', token: secretText('token'), vendorId: 'object-1' }

describe('obtain credential', () => {
  const obtain = async (
    outcome: CreateOutcome | undefined,
    given: Partial<Credential> = {},
    more: { cipher?: Cipher; withSharedContent?: WithSharedContent; capabilities?: Partial<RegistryCapabilities> } = {},
  ) => {
    const requests: Array<CreateRequest> = []
    const row = aCredential(given)
    const { ledger, records } = makeNotedLedger(aCluster(), row)
    const { report, reports } = makeNotedReports()
    const { logger, lines } = makeNotedLogger()
    const quay = aRegistry('quay', {
      capabilities: more.capabilities ?? {},
      client: {
        createCredential: (request) => () => {
          requests.push(request)
          return outcome === undefined ? Promise.reject(new Error('a bug')) : Promise.resolve(outcome)
        },
      },
    })
    const { clock, alarms } = makeNotedClock(4000)
    const deps = {
      recordAnswer: makeRecordAnswer({ ledger, clock }),
      clock,
      registries: makeRegistries([quay]),
      cipher: more.cipher ?? cipher,
      withSharedContent: more.withSharedContent ?? unshared,
      report,
      logger,
      deploymentId: 'mine',
    }
    const result = await makeObtainCredential(deps)(row, { askedAt: 1000, priority: 'due', cause })()
    const noted = records[0]?.decision.transitions[0]
    return {
      requests,
      records,
      reports,
      lines,
      result,
      alarms,
      findings: records[0]?.findings,
      after: noted !== undefined && 'after' in noted ? (noted.after as Credential) : undefined,
    }
  }

  it('names, marks and times the request, and records the answer under the lease', async () => {
    const { requests, records, reports, alarms } = await obtain(created, { vendorId: 'object-1' })
    expect(alarms).to.deep.equal([26_000])
    expect(requests).to.deep.equal([
      {
        vendorName: 'quay-1',
        vendorId: 'object-1',
        marker: 'hyperfleet-pull-secret/mine/credential-1',
        token: undefined,
        shared: undefined,
        terms: { deadline: 26_000, priority: 'due' },
      },
    ])
    expect(records.map(({ lease }) => lease)).to.deep.equal([
      { clusterId: 'cls-abc123', credentialId: 'credential-1', fence: 1, attemptId: 'attempt-1' },
    ])
    expect(reports).to.deep.equal([['create', 'credential-1', 'created']])
  })

  it('seals the token for its row', async () => {
    const { after } = await obtain(created)
    expect(cipher.open(after?.sealedToken ?? '', 'credential-1|quay')).to.deep.equal(E.right(secretText('token')))
  })

  it("keeps what it learnt of the object, even if the row is somebody else's by now", async () => {
    expect((await obtain(created)).findings).to.deep.equal({ vendorId: 'object-1' })
    expect((await obtain({ kind: 'unknown', problem: 'timeout', vendorId: 'object-2' })).findings).to.deep.equal({
      vendorId: 'object-2',
    })
    expect((await obtain({ kind: 'name_burnt' })).findings).to.deep.equal({ vendorId: undefined })
  })

  it('sends the secret that the service chose where it chooses', async () => {
    const sealed = E.getOrElse(() => '')(cipher.seal(secretText('chosen'), 'credential-1|quay'))
    const { requests } = await obtain(
      created,
      { sealedToken: sealed },
      { capabilities: { recoveryClass: 'caller-secret' } },
    )
    expect(requests[0]?.token?.reveal()).to.equal('chosen')
  })

  it('sends nothing without the key of that secret', async () => {
    const { requests, after } = await obtain(
      created,
      { sealedToken: 'sealed' },
      { cipher: keylessCipher, capabilities: { recoveryClass: 'caller-secret' } },
    )
    expect(requests).to.deep.equal([])
    expect(after).to.include({ problem: 'storage_failed', attempts: 0 })
  })

  it('takes a token that cannot be sealed for an unknown outcome, because the object exists', async () => {
    const { after, findings } = await obtain(created, {}, { cipher: keylessCipher })
    expect(after).to.include({ state: 'intended', outcome: 'unknown', problem: 'storage_failed', vendorId: 'object-1' })
    expect(findings).to.deep.equal({ vendorId: 'object-1' })
  })

  it('publishes nothing that clients cannot use, whatever an adapter lets through', async () => {
    for (const misfit of [{ username: 'a:b' }, { token: secretText('two\nlines') }]) {
      const { after } = await obtain({ ...created, ...misfit })
      expect(after).to.include({ state: 'intended', problem: 'unreadable_answer', vendorId: 'object-1' })
      expect(after?.sealedToken).to.equal(undefined)
    }
  })

  it('looks again soon when somebody else writes the shared object, and later when it could not be read', async () => {
    expect(
      (await obtain(created, {}, { withSharedContent: refusing({ code: 'SHARED_OBJECT_BUSY' }) })).after,
    ).to.include({
      problem: 'object_busy',
      nextAttemptAt: now + 2000,
    })
    expect(
      (await obtain(created, {}, { withSharedContent: refusing({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }) }))
        .after,
    ).to.include({
      problem: 'storage_failed',
    })
  })

  it('does nothing for a registry that is no longer configured', async () => {
    const { requests, records, result } = await obtain(created, { registryId: 'gone' })
    expect([requests, records, result]).to.deep.equal([[], [], E.right('waiting')])
  })

  it('is told to operators when a client breaks its promise', async () => {
    const { result, lines } = await obtain(undefined)
    expect(result).to.deep.equal(E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }))
    expect(lines.map(([, message]) => message)).to.deep.equal(['a create ended unexpectedly'])
  })
})
