import { expect } from 'chai'
import { type AuditRecord, canonicalAuditText, chainStart } from '../index.ts'
import { aCause, now } from '../testing/index.ts'

const record: AuditRecord = {
  ...aCause(),
  kind: 'change',
  action: 'create',
  outcome: 'success',
  clusterId: 'cls-abc123',
  credentialId: 'credential-1',
  registryId: 'quay',
  at: now,
  metadata: { to: 'ready', from: 'intended', rule: 'C3' },
}

describe('audit record', () => {
  it('holds every field in a fixed order, after the hash before it', () => {
    expect(JSON.parse(canonicalAuditText(record, 7, 'abc'))).to.deep.equal([
      'abc',
      7,
      'change',
      'create',
      'success',
      'cls-abc123',
      'credential-1',
      'quay',
      'adapter',
      'cluster_provisioning',
      'trace',
      now,
      [
        ['from', 'intended'],
        ['rule', 'C3'],
        ['to', 'ready'],
      ],
    ])
  })

  it('is the same whatever the order of the metadata', () => {
    const reordered = { ...record, metadata: { rule: 'C3', from: 'intended', to: 'ready' } }
    expect(canonicalAuditText(reordered, 7, 'abc')).to.equal(canonicalAuditText(record, 7, 'abc'))
  })

  it('has a place for a credential and a registry that are not there', () => {
    const { credentialId, registryId, ...ofCluster } = record
    expect([credentialId, registryId]).to.deep.equal(['credential-1', 'quay'])
    expect((JSON.parse(canonicalAuditText(ofCluster, 1, '')) as ReadonlyArray<unknown>).slice(6, 8)).to.deep.equal([
      null,
      null,
    ])
  })

  it('begins a chain after a hash of zeros', () => {
    expect(chainStart).to.match(/^0{64}$/)
  })
})
