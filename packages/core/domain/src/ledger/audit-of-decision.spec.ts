import { expect } from 'chai'
import { auditOf, decided } from '../index.ts'
import { aCause, aCluster, aCredential, now } from '../testing/index.ts'

const cause = aCause()

describe('audit of decision', () => {
  it('has one change per change of state, in order, none for a note, and then the events', () => {
    const row = aCredential({ proof: undefined })
    const gone = { ...row, state: 'revoked' as const, proof: 'listing' as const }
    const decision = decided(
      undefined,
      [
        { kind: 'cluster_moved', rule: 'K1', before: undefined, after: aCluster(), cause },
        { kind: 'cluster_noted', before: aCluster(), after: aCluster({ publishedAt: now }) },
        { kind: 'credential_added', rule: 'C1', after: row, cause },
        { kind: 'credential_noted', before: row, after: { ...row, attempts: 2 } },
        { kind: 'credential_moved', rule: 'C14', before: { ...row, state: 'revoking' }, after: gone, cause },
        {
          kind: 'cluster_moved',
          rule: 'K3',
          before: aCluster({ state: 'deleting' }),
          after: aCluster({ state: 'deleted' }),
          cause,
        },
      ],
      [
        { cause, action: 'revoke', outcome: 'failure', credential: row, metadata: { problem: 'quota' } },
        { cause, action: 'delete', outcome: 'unknown', metadata: {} },
      ],
    )
    const change = { ...cause, kind: 'change', outcome: 'success', clusterId: 'cls-abc123', at: now }
    const ofRow = { credentialId: 'credential-1', registryId: 'quay' }
    expect(auditOf(decision, 'cls-abc123', now)).to.deep.equal([
      { ...change, action: 'create', metadata: { rule: 'K1', from: 'absent', to: 'live', incarnation: 1 } },
      {
        ...change,
        ...ofRow,
        action: 'create',
        metadata: { rule: 'C1', from: 'none', to: 'intended', vendor_name: 'quay-1', generation: 1 },
      },
      {
        ...change,
        ...ofRow,
        action: 'revoke',
        metadata: {
          rule: 'C14',
          from: 'revoking',
          to: 'revoked',
          vendor_name: 'quay-1',
          generation: 1,
          proof: 'listing',
        },
      },
      { ...change, action: 'delete', metadata: { rule: 'K3', from: 'deleting', to: 'deleted', incarnation: 1 } },
      { ...change, ...ofRow, kind: 'event', action: 'revoke', outcome: 'failure', metadata: { problem: 'quota' } },
      { ...change, kind: 'event', action: 'delete', outcome: 'unknown', metadata: {} },
    ])
  })
})
