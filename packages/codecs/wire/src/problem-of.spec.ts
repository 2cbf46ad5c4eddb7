import { decode } from '@pull-secret/decoding'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type AnsweredError, generateBody, problem, problemKinds, problemOf } from './index.ts'

const context = {
  instance: '/v1/clusters/cls-abc123/pull-secrets',
  traceId: 'a1b2',
  now: Date.UTC(2026, 1, 8, 10),
  baseUrl: 'https://docs.hyperfleet.io/errors/',
}
const answer = (error: AnsweredError) => problemOf(error, context)

type Samples = { readonly [C in AnsweredError['code']]: ReadonlyArray<Extract<AnsweredError, { readonly code: C }>> }

const clusterId = 'cls-abc123'
const notReady = {
  code: 'REGISTRIES_NOT_READY',
  clusterId,
  registries: [{ registryId: 'quay', required: true, status: 'failing', problem: 'timeout' }],
  retryAfterSeconds: 4.2,
  timedOut: false,
} as const

/** Total, like the table itself: a new code needs a sample of each of its forms. */
const samples: Samples = {
  INVALID_INPUT: (['required', 'invalid', 'format'] as const).map((rule) => ({
    code: 'INVALID_INPUT',
    field: 'cloud_provider',
    rule,
    message: 'cloud_provider must be one of gcp, aws',
    validValues: ['gcp', 'aws'],
  })),
  MISMATCHED: [
    {
      code: 'MISMATCHED',
      mismatches: [
        { field: 'region', rule: 'format', message: 'region must be short' },
        { field: 'x', rule: 'unknown', message: 'x is an unknown field' },
      ],
    },
    { code: 'MISMATCHED', mismatches: [] },
  ],
  MALFORMED_JSON: [{ code: 'MALFORMED_JSON' }],
  NOT_AUTHENTICATED: (['missing', 'invalid', 'expired'] as const).map((reason) => ({
    code: 'NOT_AUTHENTICATED',
    reason,
  })),
  NOT_ALLOWED: [{ code: 'NOT_ALLOWED', verb: 'create', resource: 'pull-secrets' }],
  ACCESS_UNAVAILABLE: [{ code: 'ACCESS_UNAVAILABLE', retryAfterSeconds: 2 }],
  NO_SUCH_ROUTE: [{ code: 'NO_SUCH_ROUTE' }],
  PULL_SECRET_NOT_FOUND: [{ code: 'PULL_SECRET_NOT_FOUND', clusterId }],
  CLUSTER_NOT_FOUND: [{ code: 'CLUSTER_NOT_FOUND', clusterId }],
  METHOD_NOT_ALLOWED: [{ code: 'METHOD_NOT_ALLOWED', allowed: ['GET', 'POST'] }],
  CLUSTER_BANNED: [{ code: 'CLUSTER_BANNED', clusterId, reason: 'found in a public log', bannedAt: 0 }],
  CLUSTER_DELETING: [{ code: 'CLUSTER_DELETING', clusterId, incarnation: 1 }],
  CLUSTER_DELETED: [{ code: 'CLUSTER_DELETED', clusterId, incarnation: 3 }],
  INCARNATION_CONFLICT: [{ code: 'INCARNATION_CONFLICT', clusterId, incarnation: 3, asked: 2 }],
  PAYLOAD_TOO_LARGE: [{ code: 'PAYLOAD_TOO_LARGE', limitBytes: 65_536 }],
  RATE_LIMITED: [{ code: 'RATE_LIMITED', limit: 100, windowSeconds: 60, retryAfterSeconds: 42 }],
  REQUEST_TIMEOUT: [{ code: 'REQUEST_TIMEOUT' }],
  HEADERS_TOO_LARGE: [{ code: 'HEADERS_TOO_LARGE' }],
  UNSUPPORTED_MEDIA_TYPE: [{ code: 'UNSUPPORTED_MEDIA_TYPE' }],
  REGISTRIES_NOT_READY: [notReady, { ...notReady, timedOut: true }],
  LEDGER_UNAVAILABLE: [{ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 0 }],
  LEDGER_OUTCOME_UNKNOWN: [{ code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 1 }],
  KEY_UNAVAILABLE: [{ code: 'KEY_UNAVAILABLE', keyId: 'canary' }],
  FENCE_LOST: [{ code: 'FENCE_LOST' }],
  NAME_DRAWN_TWICE: [{ code: 'NAME_DRAWN_TWICE' }],
  SHARED_OBJECT_BUSY: [{ code: 'SHARED_OBJECT_BUSY' }],
  DRAINING: [{ code: 'DRAINING' }],
  DEPLOYMENT_MISMATCH: [{ code: 'DEPLOYMENT_MISMATCH', stored: 'canary', configured: 'canary' }],
  SCOPE_CHANGED: [
    {
      code: 'SCOPE_CHANGED',
      credentials: 2,
      clusterId: 'cls-abc123',
      registryId: 'quay',
      stored: 'canary',
      configured: 'canary',
    },
  ],
  KEY_CHANGED: [{ code: 'KEY_CHANGED', keyId: 'canary' }],
  REGISTRY_MISSING: [{ code: 'REGISTRY_MISSING', registryId: 'quay' }],
  INTERNAL: [{ code: 'INTERNAL' }],
}

const everyAnswer = Object.values<ReadonlyArray<AnsweredError>>(samples).flat().map(answer)
const codeAndSymbol = (error: AnsweredError) => {
  const { status, body } = answer(error)
  return [status, body.code, body.error.code]
}

describe('problemOf', () => {
  it('gives the whole of a problem', () => {
    const error = {
      code: 'INVALID_INPUT',
      field: 'cloud_provider',
      rule: 'invalid',
      message: 'cloud_provider must be one of gcp, aws',
      validValues: ['gcp', 'aws'],
    } as const
    expect(answer(error)).to.deep.equal({
      status: 400,
      headers: { 'Content-Type': 'application/problem+json' },
      body: {
        type: 'https://docs.hyperfleet.io/errors/value-invalid',
        title: 'Invalid Value',
        status: 400,
        detail: 'cloud_provider must be one of gcp, aws',
        instance: '/v1/clusters/cls-abc123/pull-secrets',
        timestamp: '2026-02-08T10:00:00.000Z',
        trace_id: 'a1b2',
        code: 'HYPERFLEET-VAL-002',
        errors: [
          { field: 'cloud_provider', code: 'HYPERFLEET-VAL-002', message: 'cloud_provider must be one of gcp, aws' },
        ],
        error: {
          code: 'INVALID_REQUEST',
          message: 'cloud_provider must be one of gcp, aws',
          details: { field: 'cloud_provider', valid_values: ['gcp', 'aws'] },
        },
      },
    })
  })

  it('gives every error a problem that clients understand and that agrees with its own status', () => {
    for (const { status, headers, body } of everyAnswer) {
      const received: unknown = JSON.parse(JSON.stringify(body))
      expect(decode(problem, received)).to.deep.equal(E.right(received))
      expect(body.status).to.equal(status)
      expect(headers['Content-Type']).to.equal('application/problem+json')
      expect(body.code).to.match(/^HYPERFLEET-(VAL|AUT|AUZ|NTF|CNF|LMT|INT|SVC)-\d{3}$/)
    }
  })

  it('uses every kind of problem', () => {
    const used = new Set(everyAnswer.map(({ body }) => body.type.slice(context.baseUrl.length)))
    expect([...used].sort()).to.deep.equal(Object.keys(problemKinds).sort())
  })

  it('says when to ask again exactly where asking again helps, in whole seconds from 1', () => {
    for (const { status, headers } of everyAnswer) {
      if ([408, 429, 503].includes(status)) expect(headers['Retry-After']).to.match(/^[1-9]\d*$/)
      else expect(headers).not.to.have.property('Retry-After')
    }
    expect(answer(notReady).headers['Retry-After']).to.equal('5')
  })

  it('tells an unknown route from an unknown pull secret', () => {
    expect(codeAndSymbol({ code: 'NO_SUCH_ROUTE' })).to.deep.equal([404, 'HYPERFLEET-NTF-000', 'NOT_FOUND'])
    expect(codeAndSymbol({ code: 'PULL_SECRET_NOT_FOUND', clusterId })).to.deep.equal([
      404,
      'HYPERFLEET-NTF-001',
      'NOT_FOUND',
    ])
  })

  it('tells a missing token from a wrong and from an old one, each with its challenge', () => {
    const problems = (['missing', 'invalid', 'expired'] as const).map((reason) =>
      answer({ code: 'NOT_AUTHENTICATED', reason }),
    )
    expect(problems.map(({ status, body }) => [status, body.code])).to.deep.equal([
      [401, 'HYPERFLEET-AUT-001'],
      [401, 'HYPERFLEET-AUT-002'],
      [401, 'HYPERFLEET-AUT-003'],
    ])
    expect(problems.map(({ headers }) => headers['WWW-Authenticate'])).to.deep.equal([
      'Bearer',
      'Bearer error="invalid_token"',
      'Bearer error="invalid_token", error_description="The token expired"',
    ])
  })

  it('gives what a caller needs to recreate a deleted cluster', () => {
    const { status, body } = answer({ code: 'CLUSTER_DELETED', clusterId, incarnation: 3 })
    expect([status, body.error.code, body.error.details]).to.deep.equal([
      409,
      'CLUSTER_DELETED',
      { cluster_id: clusterId, incarnation: 3 },
    ])
  })

  it('tells how each registry stands, and a timeout from another failure', () => {
    expect(answer(notReady).body.error.details['registries']).to.deep.equal([
      { registry_id: 'quay', required: true, status: 'failing', problem: 'timeout' },
    ])
    expect(codeAndSymbol(notReady)).to.deep.equal([503, 'HYPERFLEET-SVC-001', 'SERVICE_UNAVAILABLE'])
    expect(codeAndSymbol({ ...notReady, timedOut: true })).to.deep.equal([
      503,
      'HYPERFLEET-SVC-002',
      'UPSTREAM_TIMEOUT',
    ])
  })

  it('says which limit is exceeded, and when the next request may be sent', () => {
    const limited = (windowSeconds: number) =>
      answer({ code: 'RATE_LIMITED', limit: 100, windowSeconds, retryAfterSeconds: 42 })
    const { status, headers, body } = limited(60)
    expect([status, body.code, headers['Retry-After']]).to.deep.equal([429, 'HYPERFLEET-LMT-001', '42'])
    expect(body.error).to.deep.equal({
      code: 'RATE_LIMIT_EXCEEDED',
      message: 'Rate limit exceeded: 100 requests in 1m',
      details: { limit: 100, window: '1m', retry_after: 42 },
    })
    expect([1, 90, 7200].map((seconds) => limited(seconds).body.error.details['window'])).to.deep.equal([
      '1s',
      '90s',
      '2h',
    ])
  })

  it('names the methods that a route takes', () => {
    expect(answer({ code: 'METHOD_NOT_ALLOWED', allowed: ['GET', 'POST'] }).headers['Allow']).to.equal('GET, POST')
  })

  it('reports every field that a codec refused, and never what it held', () => {
    const mismatches = decode(generateBody, { region: 'canary canary', cloud_provider: 'CANARY', recreate: 'canary' })
    const { body } = answer({ code: 'MISMATCHED', mismatches: E.isLeft(mismatches) ? mismatches.left : [] })
    expect(body.errors.map(({ field, code }) => [field, code])).to.have.deep.members([
      ['region', 'HYPERFLEET-VAL-003'],
      ['cloud_provider', 'HYPERFLEET-VAL-003'],
      ['recreate', 'HYPERFLEET-VAL-002'],
    ])
    expect(JSON.stringify(body).toLowerCase()).not.to.include('canary')
  })

  it('keeps what belongs to operators to itself', () => {
    expect(JSON.stringify(everyAnswer)).not.to.include('canary')
  })

  it('leaves the query out of the instance', () => {
    expect(
      problemOf({ code: 'INTERNAL' }, { ...context, instance: '/v1/registries?token=canary' }).body.instance,
    ).to.equal('/v1/registries')
  })
})
