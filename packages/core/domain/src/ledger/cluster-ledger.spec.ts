import { expect } from 'chai'
import { afterTransitions, emptyClusterLedger } from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential } from '../testing/index.ts'

const cause = aCause()
const row = aCredential()

describe('cluster ledger', () => {
  it('holds the newest version of each row, drops what is revoked, and never counts generations down', () => {
    const older = { ...aClusterLedger(aCluster(), row), generations: { quay: 4 } }
    const after = afterTransitions(older, [
      {
        kind: 'credential_added',
        rule: 'C1',
        after: aCredential({ id: 'credential-2', registryId: 'rhit', generation: 2 }),
        cause,
      },
      { kind: 'credential_noted', before: row, after: aCredential({ attempts: 9 }) },
      { kind: 'cluster_noted', before: aCluster(), after: aCluster({ publishedAt: 3 }) },
    ])
    expect(after.credentials.map(({ id, attempts }) => [id, attempts])).to.deep.equal([
      ['credential-1', 9],
      ['credential-2', 1],
    ])
    expect([after.generations, after.cluster?.publishedAt]).to.deep.equal([{ quay: 4, rhit: 2 }, 3])
    const revoked = afterTransitions(after, [
      {
        kind: 'credential_moved',
        rule: 'C4',
        before: row,
        after: aCredential({ state: 'revoked', generation: 5 }),
        cause,
      },
    ])
    expect([revoked.credentials.map(({ id }) => id), revoked.generations]).to.deep.equal([
      ['credential-2'],
      { quay: 5, rhit: 2 },
    ])
  })

  it('starts empty', () => {
    expect(emptyClusterLedger('cls-abc123')).to.deep.equal({
      clusterId: 'cls-abc123',
      cluster: undefined,
      credentials: [],
      generations: {},
      epoch: 0,
    })
  })
})
