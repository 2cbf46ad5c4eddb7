import { expect } from 'chai'
import { afterTransitions, emptyClusterLedger, findIllegalTransition, isLegalClusterTransition } from '../src/index.ts'
import { aCluster, aCredential, aLedger, cause } from './builders.ts'

const row = aCredential()

describe('what the ledger refuses to write', () => {
  it('is every transition that the tables do not hold, and it says which', () => {
    expect(
      findIllegalTransition({
        kind: 'credential_moved',
        rule: 'C7',
        before: row,
        after: aCredential({ state: 'active' }),
        cause,
      }),
    ).to.equal('C7 does not lead from intended to active')
    expect(
      findIllegalTransition({ kind: 'credential_added', rule: 'C1', after: aCredential({ state: 'active' }), cause }),
    ).to.equal('C1 does not add active')
    expect(
      findIllegalTransition({
        kind: 'cluster_moved',
        rule: 'K2',
        before: undefined,
        after: aCluster({ state: 'deleting' }),
        cause,
      }),
    ).to.equal('K2 does not lead from absent to deleting')
    expect(
      findIllegalTransition({
        kind: 'cluster_moved',
        rule: 'K2',
        before: aCluster(),
        after: aCluster({ state: 'deleted' }),
        cause,
      }),
    ).to.equal('K2 does not lead from live to deleted')
  })

  it('is every note that changes a state', () => {
    expect(
      findIllegalTransition({ kind: 'cluster_noted', before: aCluster(), after: aCluster({ state: 'deleting' }) }),
    ).to.equal('a note must not change the state of a cluster')
    expect(
      findIllegalTransition({ kind: 'credential_noted', before: row, after: aCredential({ state: 'ready' }) }),
    ).to.equal('a note must not change the state of a credential')
  })

  it('is nothing that the tables hold', () => {
    expect([
      findIllegalTransition({ kind: 'cluster_moved', rule: 'K1', before: undefined, after: aCluster(), cause }),
      findIllegalTransition({ kind: 'cluster_noted', before: aCluster(), after: aCluster({ publishedAt: 1 }) }),
      findIllegalTransition({ kind: 'credential_added', rule: 'C1', after: row, cause }),
      findIllegalTransition({
        kind: 'credential_moved',
        rule: 'C3',
        before: row,
        after: aCredential({ state: 'ready' }),
        cause,
      }),
      findIllegalTransition({ kind: 'credential_noted', before: row, after: aCredential({ attempts: 2 }) }),
    ]).to.deep.equal([undefined, undefined, undefined, undefined, undefined])
    expect([
      isLegalClusterTransition('K5', 'deleted', 'deleted'),
      isLegalClusterTransition('K5', 'deleted', 'live'),
    ]).to.deep.equal([true, false])
  })
})

describe('the ledger after a transition', () => {
  it('holds the newest version of each row, drops what is revoked, and never counts generations down', () => {
    const older = { ...aLedger(aCluster(), row), generations: { quay: 4 } }
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
      ['credential-2', 1],
      ['credential-1', 9],
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
    })
  })
})
