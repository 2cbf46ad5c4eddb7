import {
  associatedDataOf,
  type Cluster,
  type ClusterView,
  type Credential,
  type CredentialLedger,
  fingerprintKeyAssociatedData,
  secretText,
} from '@pull-secret/domain'
import { makeInMemoryCipher, makeInMemoryDigest, makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type GenerateDeps,
  makeGeneratePullSecret,
  makeRetrievePullSecret,
  makeVerifyPullSecret,
} from '../src/index.ts'
import { aCluster, aRegistry, aRow, aView, cause, makeNotedClock, now, readsOf, registriesOf } from './parts.ts'

const [cipher, digest] = [makeInMemoryCipher(), makeInMemoryDigest()]
const sealed = (text: string, boundTo: string): string => E.getOrElse(() => '')(cipher.seal(secretText(text), boundTo))

const registries = registriesOf(
  aRegistry('quay', {}, {}, { email: 'a@b.c' }),
  aRegistry('rhit'),
  aRegistry('harbor', {}, {}, { required: false }),
)
const published = (given: Partial<Cluster> = {}): Cluster =>
  aCluster({
    incarnation: 2,
    publishedAt: now - 7,
    sealedFingerprintKey: sealed('k', fingerprintKeyAssociatedData('cls-abc123')),
    ...given,
  })
const active = (registryId: string, given: Partial<Credential> = {}): Credential =>
  aRow({
    id: `of-${registryId}`,
    registryId,
    state: 'active',
    lease: undefined,
    nextAttemptAt: undefined,
    username: `${registryId}-user`,
    sealedToken: sealed(`${registryId}-token`, associatedDataOf({ id: `of-${registryId}`, registryId })),
    ...given,
  })
const served = [active('rhit', { createdAt: now - 3 }), active('quay', { generation: 4 })]
const retrieve = (view: ClusterView) =>
  makeRetrievePullSecret({ reads: readsOf(view), cipher, digest, registries })('cls-abc123')()
const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(`expected success, got ${JSON.stringify(result.left)}`)
  return result.right
}

describe('a pull secret as it is served', () => {
  it('tells of the cluster and of each credential, in the order of the registries', async () => {
    const secret = right(await retrieve(aView(published(), ...served, active('harbor', { state: 'revoking' }))))
    expect(secret.document).to.deep.equal({
      auths: {
        'quay.example.com': { auth: digest.base64('quay-user:quay-token'), email: 'a@b.c' },
        'rhit.example.com': { auth: digest.base64('rhit-user:rhit-token') },
      },
    })
    expect(secret).to.deep.include({
      clusterId: 'cls-abc123',
      incarnation: 2,
      createdAt: now - 7,
      text: JSON.stringify(secret.document),
      fingerprint: digest.hmacSha256(secretText('k'), secret.text),
      credentials: [
        { registryId: 'quay', username: 'quay-user', generation: 4, createdAt: now, expiresAt: undefined },
        { registryId: 'rhit', username: 'rhit-user', generation: 1, createdAt: now - 3, expiresAt: undefined },
      ],
    })
    expect(secret.registries.map(({ registryId, status }) => [registryId, status])).to.deep.equal([
      ['quay', 'active'],
      ['rhit', 'active'],
      ['harbor', 'pending'],
    ])
  })

  it('ends with its first credential, and should be fetched again with the first refresh', async () => {
    const rows = [
      active('rhit', { expiresAt: now + 9, refreshAfter: now + 5 }),
      active('harbor', { expiresAt: now + 8, refreshAfter: now + 6 }),
      active('quay'),
    ]
    const secret = right(await retrieve(aView(published(), ...rows)))
    expect(secret).to.include({ expiresAt: now + 8, refreshAfter: now + 5 })
    expect(secret.credentials.map(({ registryId, expiresAt }) => [registryId, expiresAt])).to.deep.equal([
      ['harbor', now + 8],
      ['quay', undefined],
      ['rhit', now + 9],
    ])
    expect(right(await retrieve(aView(published(), ...served)))).to.include({
      expiresAt: undefined,
      refreshAfter: undefined,
    })
  })

  it('has no host of a registry that is no longer configured', async () => {
    const secret = right(await retrieve(aView(published(), active('gone'), ...served)))
    expect(Object.keys(secret.document.auths)).to.deep.equal(['quay.example.com', 'rhit.example.com'])
  })

  it('is not served without its keys', async () => {
    const missing = E.left({ code: 'KEY_UNAVAILABLE', keyId: 'in-memory' })
    expect(await retrieve(aView(published({ sealedFingerprintKey: undefined }), ...served))).to.deep.equal(missing)
    expect(await retrieve(aView(published(), active('quay', { sealedToken: undefined })))).to.deep.equal(missing)
  })

  it('is not found before it is published', async () => {
    expect(await retrieve(aView(published({ publishedAt: undefined }), ...served))).to.deep.equal(
      E.left({ code: 'PULL_SECRET_NOT_FOUND', clusterId: 'cls-abc123' }),
    )
  })

  it('is verified by its fingerprint', async () => {
    const view = aView(published(), ...served)
    const verify = makeVerifyPullSecret({
      retrieve: makeRetrievePullSecret({ reads: readsOf(view), cipher, digest, registries }),
      digest,
    })
    const { fingerprint } = right(await retrieve(view))
    expect(await verify('cls-abc123', { whole: fingerprint })()).to.deep.equal(E.right({ matches: true, hosts: {} }))
    expect(await verify('cls-abc123', { whole: 'other' })()).to.deep.equal(E.right({ matches: false, hosts: {} }))
  })
})

/** A generate that finds one state of the ledger after the other; every transaction takes as long as given. */
const generate = async (
  views: ReadonlyArray<ClusterView>,
  given: {
    readonly externalId?: string
    readonly transactionMilliseconds?: number
    readonly deps?: Partial<GenerateDeps>
  } = {},
) => {
  const { clock, sleeps, alarms, pass } = makeNotedClock(1000)
  let rounds = 0
  const ledger: CredentialLedger = {
    change: () =>
      TE.fromIO(() => {
        rounds += 1
        pass(given.transactionMilliseconds ?? 0)
        return [] as never
      }),
    record: () => TE.left({ code: 'FENCE_LOST' }),
  }
  const result = await makeGeneratePullSecret({
    ledger,
    clock,
    reads: readsOf(...views),
    cipher,
    digest,
    registries,
    ids: makeInMemoryIds(),
    obtain: () => TE.right(undefined),
    ...given.deps,
  })({ clusterId: 'cls-abc123', externalId: given.externalId, cause })()
  return { result, sleeps, alarms, rounds }
}

describe('how long a generate waits', () => {
  const others = aRow({ registryId: 'quay', attempts: 2, nextAttemptAt: now + 3_600_000 })
  const waiting = aView(aCluster(), active('rhit'), others)
  const complete = aView(published(), ...served)
  const coming = aView(
    published(),
    ...served,
    aRow({
      registryId: 'harbor',
      nextAttemptAt: now + 3_600_000,
      lease: { attemptId: 'a', takenAt: now, expiresAt: now + 3_600_000 },
    }),
  )

  it('is not at all where nothing is missing', async () => {
    const { result, sleeps, rounds } = await generate([complete])
    expect([E.isRight(result), sleeps, rounds]).to.deep.equal([true, [], 0])
  })

  it('is one round for a request that only says something new', async () => {
    const { result, sleeps, rounds, alarms } = await generate([complete], { externalId: 'x' })
    expect([E.isRight(result), sleeps, rounds, alarms]).to.deep.equal([true, [], 1, [9000, 8000]])
  })

  it('is until somebody else is done, ever longer between two looks, for eight seconds', async () => {
    const { result, sleeps, rounds } = await generate([waiting])
    expect(E.isLeft(result) && result.left).to.include({ code: 'REGISTRIES_NOT_READY', timedOut: true })
    expect([sleeps, rounds]).to.deep.equal([[50, 100, 200, 400, 800, 800, 800, 800, 800, 800, 800, 800, 800], 1])
  })

  it('does not begin a pause that ends with its patience', async () => {
    expect((await generate([waiting], { transactionMilliseconds: 50 })).sleeps).to.deep.equal([
      50, 100, 200, 400, 800, 800, 800, 800, 800, 800, 800, 800,
    ])
  })

  it('is one more look when somebody else is done', async () => {
    const { result, sleeps } = await generate([waiting, waiting, complete])
    expect([E.isRight(result), sleeps]).to.deep.equal([true, [50]])
  })

  it('is also for an optional registry that is just coming, but never in vain', async () => {
    const soon = await generate([coming, coming, complete])
    expect([E.isRight(soon.result), soon.sleeps]).to.deep.equal([true, [50]])
    const late = await generate([coming])
    expect([E.isRight(late.result), late.sleeps.length]).to.deep.equal([true, 13])
  })

  it('is not at all where nothing can move before patience ends', async () => {
    const later = (milliseconds: number) =>
      aView(aCluster(), active('rhit'), aRow({ lease: undefined, nextAttemptAt: now + milliseconds }))
    const { result, sleeps } = await generate([later(8001)])
    expect([
      E.isLeft(result) &&
        result.left.code === 'REGISTRIES_NOT_READY' && [result.left.timedOut, result.left.retryAfterSeconds],
      sleeps,
    ]).to.deep.equal([[false, 9], []])
    expect((await generate([later(8000)])).sleeps).to.have.length(13)
  })

  it('is another attempt as soon as something is due', async () => {
    const { rounds, sleeps } = await generate([waiting, aView(aCluster(), active('rhit')), complete])
    expect([rounds, sleeps]).to.deep.equal([2, [50]])
  })
})
