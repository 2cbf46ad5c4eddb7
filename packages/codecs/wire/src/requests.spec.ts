import { decode } from '@pull-secret/decoding'
import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { deleteQuery, generateBody, registriesQuery, retrieveQuery, verificationBody } from './index.ts'
import { auditQuery, clustersQuery } from './list-queries.ts'

const fingerprint = 'a'.repeat(64)

const faultsOf = (codec: t.Decoder<unknown, unknown>, value: unknown) => {
  const result = decode(codec, value)
  return E.isLeft(result) ? result.left.map(({ field, rule }) => [field, rule]) : []
}

describe('the body of a generate request', () => {
  it('may be empty, or say everything', () => {
    const whole = {
      cluster_external_id: 'cls-abc123def456',
      cluster_id: '0198c1de-7a3b-7c4d-8e5f-001122334455',
      cloud_provider: 'gcp',
      region: 'us-east1',
      registries: ['quay', 'rhit'],
      recreate: 2,
      on_rotation: 'return_current',
    }
    expect(decode(generateBody, {})).to.deep.equal(E.right({}))
    expect(decode(generateBody, whole)).to.deep.equal(E.right(whole))
  })

  it('is refused for an unknown field', () => {
    expect(faultsOf(generateBody, { registry: ['quay'] })).to.deep.equal([['registry', 'unknown']])
  })

  it('is refused for each field that breaks its rule', () => {
    const body = {
      cluster_id: 'a b',
      cluster_external_id: 'x'.repeat(65),
      cloud_provider: 'GCP',
      region: 'us/east',
      registries: ['quay', 'Quay'],
      recreate: 0,
      on_rotation: 'wait',
    }
    expect(faultsOf(generateBody, body)).to.have.deep.members([
      ['cluster_id', 'format'],
      ['cluster_external_id', 'format'],
      ['cloud_provider', 'format'],
      ['region', 'format'],
      ['registries.1', 'format'],
      ['recreate', 'format'],
      ['on_rotation', 'invalid'],
    ])
  })

  it('never asks for no registry at all', () => {
    expect(faultsOf(generateBody, { registries: [] })).to.deep.equal([['registries', 'format']])
  })

  it('is a record', () => {
    for (const value of [null, [], 'text', 7]) expect(faultsOf(generateBody, value)).to.deep.equal([['', 'invalid']])
  })
})

describe('the body of a verification request', () => {
  it('holds a fingerprint, one for each host, or both', () => {
    for (const body of [{ fingerprint }, { hosts: { 'quay.io': fingerprint } }, { fingerprint, hosts: {} }]) {
      expect(decode(verificationBody, body)).to.deep.equal(E.right(body))
    }
  })

  it('is refused when it holds neither, or another field', () => {
    expect(faultsOf(verificationBody, {})).to.deep.equal([['fingerprint', 'required']])
    expect(faultsOf(verificationBody, { fingerprint, host: {} })).to.deep.equal([['host', 'unknown']])
  })

  it('is refused for what is no fingerprint', () => {
    expect(
      faultsOf(verificationBody, { fingerprint: 'A'.repeat(64), hosts: { 'quay.io': 'short' } }),
    ).to.have.deep.members([
      ['fingerprint', 'format'],
      ['hosts.quay.io', 'format'],
    ])
  })
})

describe('queries', () => {
  it('read an incarnation and flags', () => {
    expect(decode(deleteQuery, { incarnation: '3' })).to.deep.equal(E.right({ incarnation: 3 }))
    expect(decode(retrieveQuery, { include_metadata: 'true' })).to.deep.equal(E.right({ include_metadata: true }))
    expect(decode(registriesQuery, { check: 'false' })).to.deep.equal(E.right({ check: false }))
    expect(decode(deleteQuery, {})).to.deep.equal(E.right({}))
  })

  it('refuse an incarnation that is not a positive whole number, or is given twice', () => {
    for (const incarnation of ['0', '-1', '1.5', '01', 'one', '', '2147483648', '99999999999', ['1', '2']]) {
      expect(faultsOf(deleteQuery, { incarnation }), String(incarnation)).to.have.length(1)
    }
  })

  it('refuse an unknown parameter, so that a misspelt one does not widen a deletion', () => {
    expect(faultsOf(deleteQuery, { incarnatoin: '3' })).to.deep.equal([['incarnatoin', 'unknown']])
  })

  it('refuse a flag that is neither true nor false', () => {
    expect(faultsOf(retrieveQuery, { include_metadata: 'yes' })).to.deep.equal([['include_metadata', 'invalid']])
  })
})

describe('a refused request', () => {
  const codecs: ReadonlyArray<readonly [t.Decoder<unknown, unknown>, ReadonlyArray<string>]> = [
    [
      generateBody,
      ['cluster_external_id', 'cluster_id', 'cloud_provider', 'region', 'registries', 'recreate', 'on_rotation'],
    ],
    [verificationBody, ['fingerprint', 'hosts']],
    [deleteQuery, ['incarnation']],
    [retrieveQuery, ['include_metadata']],
  ]

  it('is never repeated in what is said about it', () => {
    const canary = fc.string().map((text) => `${text} canary`)
    const value = fc.oneof(
      canary,
      fc.array(canary, { minLength: 1 }),
      canary.map((text) => ({ host: text })),
    )
    fc.assert(
      fc.property(fc.constantFrom(...codecs), value, ([codec, fields], canaries) => {
        const result = decode(codec, Object.fromEntries(fields.map((field) => [field, canaries])))
        expect(result).to.satisfy(E.isLeft)
        expect(JSON.stringify(result)).not.to.include('canary')
      }),
    )
  })
})

describe('the cursor and the moments of a list', () => {
  const cursor = (list: string, position: object): string =>
    Buffer.from(JSON.stringify([list, position])).toString('base64url')
  const at = (moment: number): string => cursor('audit', { at: moment, chain: 'c/cls-abc123', sequence: 1 })

  it('are of the years that every part of the service can write', () => {
    expect(faultsOf(auditQuery, { cursor: at(Date.parse('2026-01-01T00:00:00Z')) })).to.deep.equal([])
    for (const moment of [-99_999_999_999_999, 8_640_000_000_000_000, 0.5, Number.NaN])
      expect(faultsOf(auditQuery, { cursor: at(moment) }), String(moment)).to.have.nested.property('[0][0]', 'cursor')
    for (const moment of ['0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z'])
      expect(faultsOf(clustersQuery, { created_before: moment }), moment).to.have.nested.property('[0][0]')
    expect(faultsOf(clustersQuery, { created_before: '2028-02-29T23:59:59.999999999Z' })).to.deep.equal([])
  })

  it('are of their own list', () => {
    expect(faultsOf(auditQuery, { cursor: cursor('clusters', { at: 0, chain: 'c/x', sequence: 1 }) })).to.have.length(1)
    expect(faultsOf(auditQuery, { cursor: cursor('audit', { at: 0, chain: 'c/x', sequence: 0 }) })).to.have.length(1)
  })
})
