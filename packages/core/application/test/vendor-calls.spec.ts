import {
  associatedDataOf,
  type Cipher,
  type CreateOutcome,
  type CreateRequest,
  type Credential,
  type DeleteOutcome,
  type DeleteRequest,
  type Failure,
  type Registry,
  type RegistryCapabilities,
  secretText,
  type SharedContent,
  type SharedObjectLease,
} from '@pull-secret/domain'
import { makeInMemoryCipher, makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { drawCredentials } from '../src/draw-credentials.ts'
import {
  makeObtainCredential,
  makeRevokeCredential,
  makeWithSharedContent,
  type ReportOutcome,
  type WithSharedContent,
} from '../src/index.ts'
import {
  aCluster,
  aRegistry,
  aRow,
  aView,
  cause,
  makeNotedClock,
  makeNotedLedger,
  makeNotedLogger,
  readsOf,
  registriesOf,
} from './parts.ts'

const cipher = makeInMemoryCipher()
const keyless: Cipher = {
  seal: () => E.left({ code: 'KEY_UNAVAILABLE', keyId: 'k' }),
  open: () => E.left({ code: 'KEY_UNAVAILABLE', keyId: 'k' }),
}
const created: CreateOutcome = { kind: 'created', username: 'robot', token: secretText('token'), vendorId: 'object-1' }

const unshared: WithSharedContent = () => (call) => TE.fromTask(call(undefined))
const refusing =
  (code: 'SHARED_OBJECT_BUSY' | 'KEY_UNAVAILABLE'): WithSharedContent =>
  () =>
  () =>
    TE.left(code === 'KEY_UNAVAILABLE' ? { code, keyId: 'k' } : { code })

const notedReports = () => {
  const reports: Array<unknown> = []
  const report: ReportOutcome = (operation, credential, outcome) => () => {
    reports.push([operation, credential.id, outcome.kind])
  }
  return { report, reports }
}

describe('obtaining a credential', () => {
  const obtain = async (
    outcome: CreateOutcome | undefined,
    given: Partial<Credential> = {},
    more: { cipher?: Cipher; withSharedContent?: WithSharedContent; capabilities?: Partial<RegistryCapabilities> } = {},
  ) => {
    const requests: Array<CreateRequest> = []
    const row = aRow(given)
    const { ledger, records } = makeNotedLedger(aCluster(), row)
    const { report, reports } = notedReports()
    const { logger, lines } = makeNotedLogger()
    const quay = aRegistry('quay', more.capabilities ?? {}, {
      createCredential: (request) => () => {
        requests.push(request)
        return outcome === undefined ? Promise.reject(new Error('a bug')) : Promise.resolve(outcome)
      },
    })
    const { clock, alarms } = makeNotedClock(4000)
    const deps = {
      ledger,
      clock,
      registries: registriesOf(quay),
      cipher: more.cipher ?? cipher,
      withSharedContent: more.withSharedContent ?? unshared,
      report,
      logger,
      deploymentId: 'mine',
    }
    const result = await makeObtainCredential(deps)(row, 1000, cause)()
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
        deadline: 26_000,
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
      { cipher: keyless, capabilities: { recoveryClass: 'caller-secret' } },
    )
    expect(requests).to.deep.equal([])
    expect(after).to.include({ problem: 'storage_failed', attempts: 0 })
  })

  it('takes a token that cannot be sealed for an unknown outcome, because the object exists', async () => {
    const { after, findings } = await obtain(created, {}, { cipher: keyless })
    expect(after).to.include({ state: 'intended', outcome: 'unknown', problem: 'storage_failed', vendorId: 'object-1' })
    expect(findings).to.deep.equal({ vendorId: 'object-1' })
  })

  it('looks again soon when somebody else writes the shared object, and later when it could not be read', async () => {
    expect((await obtain(created, {}, { withSharedContent: refusing('SHARED_OBJECT_BUSY') })).after).to.include({
      problem: 'object_busy',
      nextAttemptAt: aRow().createdAt + 2000,
    })
    expect((await obtain(created, {}, { withSharedContent: refusing('KEY_UNAVAILABLE') })).after).to.include({
      problem: 'storage_failed',
    })
  })

  it('does nothing for a registry that is no longer configured', async () => {
    const { requests, records, result } = await obtain(created, { registryId: 'gone' })
    expect([requests, records, result]).to.deep.equal([[], [], E.right(undefined)])
  })

  it('is told to operators when a client breaks its promise', async () => {
    const { result, lines } = await obtain(undefined)
    expect(result).to.deep.equal(E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }))
    expect(lines.map(([, message]) => message)).to.deep.equal(['a create ended unexpectedly'])
  })
})

describe('revoking a credential', () => {
  const revoke = async (
    outcome: DeleteOutcome | undefined,
    given: Partial<Credential> = {},
    withSharedContent: WithSharedContent = unshared,
  ) => {
    const requests: Array<DeleteRequest> = []
    const row = aRow({ state: 'revoking', ...given })
    const { ledger, records } = makeNotedLedger(aCluster({ state: 'deleting' }), row)
    const { report, reports } = notedReports()
    const { logger, lines } = makeNotedLogger()
    const quay = aRegistry(
      'quay',
      {},
      {
        deleteCredential: (request) => () => {
          requests.push(request)
          return outcome === undefined ? Promise.reject(new Error('a bug')) : Promise.resolve(outcome)
        },
      },
    )
    const { clock, alarms } = makeNotedClock(4000)
    const result = await makeRevokeCredential({
      ledger,
      clock,
      registries: registriesOf(quay),
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
    expect((await revoke({ kind: 'deleted' }, {}, refusing('SHARED_OBJECT_BUSY'))).after).to.include({
      problem: 'object_busy',
      revocations: 0,
      nextAttemptAt: aRow().createdAt + 2000,
    })
    expect((await revoke({ kind: 'deleted' }, {}, refusing('KEY_UNAVAILABLE'))).after).to.include({
      state: 'revoking',
      problem: 'storage_failed',
      revocations: 0,
    })
  })

  it('does nothing for a registry that is no longer configured', async () => {
    const { requests, records, result } = await revoke({ kind: 'deleted' }, { registryId: 'gone' })
    expect([requests, records, result]).to.deep.equal([[], [], E.right(undefined)])
  })

  it('is told to operators when a client breaks its promise', async () => {
    const { result, lines } = await revoke(undefined)
    expect(result).to.deep.equal(E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }))
    expect(lines.map(([, message]) => message)).to.deep.equal(['a revocation ended unexpectedly'])
  })
})

describe('writing a shared object', () => {
  const busy = { code: 'SHARED_OBJECT_BUSY' } as const
  const written = { kind: 'deleted' }
  const lease: SharedObjectLease = { registryId: 'file', attemptId: 'attempt-1', fence: 4 }
  const file = aRegistry('file', { sharedObject: true })
  const rows = ['a', 'b'].map((name) =>
    aRow({
      id: name,
      registryId: 'file',
      vendorName: name,
      sealedToken: E.getOrElse(() => '')(
        cipher.seal(secretText(`token of ${name}`), associatedDataOf({ id: name, registryId: 'file' })),
      ),
    }),
  )

  const write = async (
    registry: Registry,
    answers: ReadonlyArray<Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>>,
    given: { deadline?: number; rows?: ReadonlyArray<Credential>; outcome?: { readonly kind: string } } = {},
  ) => {
    const { clock, sleeps } = makeNotedClock(0)
    const [seen, taken, released]: [Array<SharedContent | undefined>, Array<unknown>, Array<unknown>] = [[], [], []]
    const order: Array<string> = []
    const withShared = makeWithSharedContent({
      sharedObjects: {
        take: (...asked) =>
          TE.fromIOEither(() => {
            taken.push(asked)
            order.push('take')
            const answer = answers[taken.length - 1]
            return answer === undefined ? E.right(lease) : E.left(answer)
          }),
        release: (ended) =>
          TE.fromIO(() => {
            released.push(ended)
          }),
      },
      reads: {
        ...readsOf(aView(undefined)),
        sharedObjectRows: () =>
          TE.fromIO(() => {
            order.push('read')
            return given.rows ?? rows
          }),
      },
      cipher,
      clock,
    })
    const result = await withShared(
      registry,
      'attempt-1',
      given.deadline ?? 1000,
    )((shared) =>
      T.fromIO(() => {
        seen.push(shared)
        return given.outcome ?? written
      }),
    )()
    return { result, seen, taken, released, sleeps, order }
  }

  it('holds what must be in it, under a fence, and gives the lease back', async () => {
    const { result, seen, taken, released } = await write(file, [])
    expect(result).to.deep.equal(E.right(written))
    expect(
      seen.map((shared) => [
        shared?.fence,
        shared?.entries.map(({ vendorName, token }) => [vendorName, token.reveal()]),
      ]),
    ).to.deep.equal([
      [
        4,
        [
          ['a', 'token of a'],
          ['b', 'token of b'],
        ],
      ],
    ])
    expect([taken, released]).to.deep.equal([[['file', 'attempt-1', 930]], [lease]])
  })

  it('is told what must be in it only when nobody else may write any more', async () => {
    expect((await write(file, [busy])).order).to.deep.equal(['take', 'take', 'read'])
  })

  it('keeps it to itself while a write may still be under way', async () => {
    expect((await write(file, [], { outcome: { kind: 'unknown' } })).released).to.deep.equal([])
    expect((await write(file, [], { outcome: { kind: 'refused' } })).released).to.deep.equal([lease])
  })

  it('asks for no lease where a vendor object belongs to one row', async () => {
    const { result, seen, taken, released } = await write(aRegistry('quay'), [])
    expect([result, seen, taken, released]).to.deep.equal([E.right(written), [undefined], [], []])
  })

  it('waits for another writer while there is time', async () => {
    const { result, sleeps } = await write(file, [busy, busy])
    expect([result, sleeps]).to.deep.equal([E.right(written), [50, 50]])
  })

  it('gives way to another writer when it could not send in time any more', async () => {
    const { result, seen, sleeps } = await write(file, [busy, busy, busy], { deadline: 100 })
    expect([result, seen, sleeps]).to.deep.equal([E.left(busy), [], [50]])
  })

  it('does not wait for a ledger that is unavailable', async () => {
    const unavailable = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 } as const
    expect(await write(file, [unavailable])).to.deep.include({ result: E.left(unavailable), sleeps: [] })
  })

  it('writes nothing when an entry cannot be opened, and gives the lease back', async () => {
    const { result, seen, released } = await write(file, [], { rows: [aRow({ registryId: 'file' })] })
    expect([result, seen, released]).to.deep.equal([
      E.left({ code: 'KEY_UNAVAILABLE', keyId: 'in-memory' }),
      [],
      [lease],
    ])
  })
})

describe('drawing random material', () => {
  it('is for enabled registries, with a sealed secret only where the service chooses it', async () => {
    const all = registriesOf(
      aRegistry('quay'),
      aRegistry('harbor', { recoveryClass: 'caller-secret' }),
      aRegistry('off', {}, {}, { enabled: false }),
    )
    const result = await drawCredentials({ ids: makeInMemoryIds(), cipher, registries: all })()
    const draws = E.isRight(result) ? result.right : {}
    expect(Object.keys(draws)).to.deep.equal(['quay', 'harbor'])
    expect([draws['quay']?.sealedToken, draws['quay']?.entropy.length]).to.deep.equal([undefined, 32])
    const { credentialId = '', sealedToken = '' } = draws['harbor'] ?? {}
    expect(E.isRight(cipher.open(sealedToken, `${credentialId}|harbor`))).to.equal(true)
  })

  it('fails without a key', async () => {
    const all = registriesOf(aRegistry('harbor', { recoveryClass: 'caller-secret' }))
    expect(await drawCredentials({ ids: makeInMemoryIds(), cipher: keyless, registries: all })()).to.deep.equal(
      E.left({ code: 'KEY_UNAVAILABLE', keyId: 'k' }),
    )
  })
})
