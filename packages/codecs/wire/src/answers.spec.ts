import { decode } from '@pull-secret/decoding'
import {
  documentText,
  type PullSecret,
  type RegistryStatus,
  type RevocationStatus,
  secretText,
} from '@pull-secret/domain'
import { aRecoverySummary } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  deletingBody,
  healthBody,
  jobRunBody,
  pullSecretBody,
  readinessBody,
  registriesBody,
  toDeletingBody,
  toGeneratedBody,
  toJobRunBody,
  toRegistriesBody,
  toRetrievedBody,
  toVerificationAnswer,
  verificationAnswer,
} from './index.ts'

const createdAt = Date.UTC(2026, 1, 8, 10)
const document = {
  auths: {
    'quay.io': { auth: 'c3ludGhldGlj', email: 'nobody@example.com' },
    'registry.redhat.io': { auth: 'c3ludGhldGlj' },
  },
}

const served: PullSecret = {
  clusterId: 'cls-abc123',
  incarnation: 2,
  document,
  text: documentText(document),
  fingerprint: 'ab'.repeat(32),
  fingerprintKey: secretText('key-of-this-cluster'),
  createdAt,
  credentials: [{ registryId: 'quay', username: 'org+robot', generation: 1, createdAt, expiresAt: createdAt + 1000 }],
  registries: [
    { registryId: 'quay', required: true, status: 'active' },
    { registryId: 'edge', required: false, status: 'failing', problem: 'timeout' },
  ],
}

const metadata = {
  credentials: [
    {
      registry_id: 'quay',
      username: 'org+robot',
      created_at: '2026-02-08T10:00:00.000Z',
      expires_at: '2026-02-08T10:00:01.000Z',
      generation: 1,
    },
  ],
  registries: [
    { registry_id: 'quay', required: true, status: 'active' },
    { registry_id: 'edge', required: false, status: 'failing', problem: 'timeout' },
  ],
}

const instant = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) })
const optionalInstant = fc.option(instant, { nil: undefined })
const anyServed: fc.Arbitrary<PullSecret> = fc.record({
  clusterId: fc.string(),
  incarnation: fc.nat(),
  document: fc.constant(document),
  text: fc.string(),
  fingerprint: fc.stringMatching(/^[0-9a-f]{64}$/),
  fingerprintKey: fc.string().map(secretText),
  createdAt: instant,
  expiresAt: optionalInstant,
  refreshAfter: optionalInstant,
  credentials: fc.array(
    fc.record({
      registryId: fc.string(),
      username: fc.string(),
      generation: fc.nat(),
      createdAt: instant,
      expiresAt: optionalInstant,
    }),
  ),
  registries: fc.array(
    fc.record({
      registryId: fc.string(),
      required: fc.boolean(),
      status: fc.constantFrom<RegistryStatus['status']>('active', 'pending', 'failing'),
    }),
  ),
})

describe('a pull secret on the wire', () => {
  it('comes from POST with the state of each credential and registry', () => {
    expect(toGeneratedBody(served)).to.deep.equal({
      cluster_id: 'cls-abc123',
      pull_secret: document,
      dockerconfigjson: documentText(document),
      dockerconfigjson_base64: Buffer.from(documentText(document)).toString('base64'),
      last_rotated_at: null,
      rotation: null,
      fingerprint: 'ab'.repeat(32),
      fingerprint_key: 'key-of-this-cluster',
      created_at: '2026-02-08T10:00:00.000Z',
      expires_at: null,
      refresh_after: null,
      ...metadata,
    })
  })

  it('comes from GET with its incarnation and last rotation, and with metadata only when asked', () => {
    expect(toRetrievedBody(served, { includeMetadata: false }))
      .to.include({ incarnation: 2, last_rotated_at: null })
      .and.not.to.have.any.keys('credentials', 'registries')
    expect(toRetrievedBody(served, { includeMetadata: true })).to.deep.include({ last_rotated_at: null, ...metadata })
  })

  it('holds the same bytes from POST and from GET', () => {
    const [generated, retrieved] = [toGeneratedBody(served), toRetrievedBody(served, { includeMetadata: false })]
    expect(retrieved.dockerconfigjson).to.equal(generated.dockerconfigjson)
    expect(JSON.stringify(retrieved.pull_secret))
      .to.equal(JSON.stringify(generated.pull_secret))
      .and.to.equal(generated.dockerconfigjson)
  })

  it('is understood by a client, whatever it holds', () => {
    fc.assert(
      fc.property(anyServed, fc.boolean(), (any, includeMetadata) => {
        for (const body of [toGeneratedBody(any), toRetrievedBody(any, { includeMetadata })]) {
          const received: unknown = JSON.parse(JSON.stringify(body))
          expect(decode(pullSecretBody, received)).to.deep.equal(E.right(received))
        }
      }),
    )
  })

  it('is understood by a client that is older than a field', () => {
    expect(decode(pullSecretBody, { ...toGeneratedBody(served), field_of_tomorrow: 1 })).to.satisfy(E.isRight)
  })

  it('is refused by a client when something is missing, without a token in what is said', () => {
    const result = decode(pullSecretBody, {
      ...toGeneratedBody(served),
      fingerprint: undefined,
      created_at: 'canary',
      pull_secret: { auths: { 'quay.io': { auth: ['canary'] } } },
    })
    expect(E.isLeft(result) && result.left.map(({ field, rule }) => [field, rule])).to.have.deep.members([
      ['fingerprint', 'required'],
      ['created_at', 'format'],
      ['pull_secret.auths.quay.io.auth', 'invalid'],
    ])
    expect(JSON.stringify(result)).not.to.include('canary')
  })
})

describe('a deletion on the wire', () => {
  it('tells how far each registry is, and until when it settles', () => {
    const revocations: ReadonlyArray<RevocationStatus> = [
      { registryId: 'quay', status: 'settling', settlesAt: createdAt, stuck: false },
      { registryId: 'rhit', status: 'revoking', problem: 'unreachable', stuck: true },
      { registryId: 'edge', status: 'revoked', stuck: false },
    ]
    const body = toDeletingBody({ kind: 'deleting', incarnation: 3, registries: revocations })
    expect(body).to.deep.equal({
      status: 'deleting',
      incarnation: 3,
      registries: {
        quay: { status: 'settling', settling_until: '2026-02-08T10:00:00.000Z' },
        rhit: { status: 'revoking', problem: 'unreachable', stuck: true },
        edge: { status: 'revoked' },
      },
    })
    expect(decode(deletingBody, body)).to.deep.equal(E.right(body))
  })
})

describe('other answers on the wire', () => {
  it('tell how fingerprints compare', () => {
    const answer = toVerificationAnswer({ matches: false, hosts: { 'quay.io': 'match', 'x.io': 'unexpected' } })
    expect(decode(verificationAnswer, answer)).to.deep.equal(
      E.right({ matches: false, hosts: { 'quay.io': 'match', 'x.io': 'unexpected' } }),
    )
  })

  it('tell which registries there are, and nothing about access that was not asked for', () => {
    const registry = {
      registryId: 'quay',
      type: 'quay',
      enabled: true,
      required: true,
      hosts: ['quay.io'],
      isCircuitOpen: false,
    }
    const body = toRegistriesBody([
      registry,
      { ...registry, access: { kind: 'failing', problem: 'administrator_refused' } },
      {
        ...registry,
        budget: { perMinute: 60, burst: 10, share: 0.5 },
        isCircuitOpen: true,
        access: { kind: 'working' },
      },
    ])
    expect(body.registries.map(({ budget }) => budget)).to.deep.equal([
      undefined,
      undefined,
      { per_minute: 60, burst: 10, share: 0.5 },
    ])
    expect(body.registries.map(({ circuit }) => circuit)).to.deep.equal([undefined, undefined, 'open'])
    expect(body.registries.map(({ access }) => access)).to.deep.equal([
      undefined,
      { status: 'failing', problem: 'administrator_refused' },
      { status: 'working' },
    ])
    expect(body.registries[0]).to.deep.equal({
      registry_id: 'quay',
      type: 'quay',
      enabled: true,
      required: true,
      hosts: ['quay.io'],
    })
    expect(decode(registriesBody, body)).to.satisfy(E.isRight)
  })

  it('tell what a run of a job did', () => {
    const body = toJobRunBody(
      'recovery',
      aRecoverySummary({ rows: 3, done: 1, refused: 2, clusters: 1, isFinished: false }),
    )
    expect(decode(jobRunBody, body)).to.deep.equal(
      E.right({
        job: 'recovery',
        finished: false,
        summary: { rows: 3, done: 1, waiting: 0, refused: 2, stuck: 0, clusters: 1, failed: 0 },
      }),
    )
  })

  it('tell health and readiness', () => {
    expect(decode(healthBody, { status: 'ok' })).to.satisfy(E.isRight)
    expect(
      decode(healthBody, {
        status: 'degraded',
        components: { database: { status: 'failing', problem: 'unreachable' } },
      }),
    ).to.satisfy(E.isRight)
    expect(decode(healthBody, { status: 'fine' })).to.satisfy(E.isLeft)
    for (const [registries, isKnown] of [
      [{ quay: { status: 'unknown' }, rhit: { status: 'failing', problem: 'timeout' } }, true],
      [{ quay: { status: 'canary' } }, false],
    ] as const) {
      expect(E.isRight(decode(healthBody, { status: 'ok', registries }))).to.equal(isKnown)
      expect(E.isRight(decode(readinessBody, { status: 'ready', checks: {}, registries }))).to.equal(isKnown)
    }
    expect(decode(readinessBody, { status: 'not_ready', checks: { database: 'failing' } })).to.satisfy(E.isRight)
    expect(decode(readinessBody, { status: 'ready' })).to.satisfy(E.isLeft)
  })
})
