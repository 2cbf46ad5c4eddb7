import { expect } from 'chai'
import { findIllegalTransition } from '../index.ts'
import { aCause, aCluster, aCredential } from '../testing/index.ts'

const cause = aCause()
const row = aCredential()

describe('find illegal transition', () => {
  it('finds every transition that the tables do not hold, and says which', () => {
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
    expect(
      findIllegalTransition({
        kind: 'cluster_moved',
        rule: 'K4',
        before: aCluster({ state: 'deleting' }),
        after: aCluster(),
        cause,
      }),
    ).to.equal('K4 does not lead from deleting to live')
  })

  it('finds every note that changes a state', () => {
    expect(
      findIllegalTransition({ kind: 'cluster_noted', before: aCluster(), after: aCluster({ state: 'deleting' }) }),
    ).to.equal('a note must not change the state of a cluster')
    expect(
      findIllegalTransition({ kind: 'credential_noted', before: row, after: aCredential({ state: 'ready' }) }),
    ).to.equal('a note must not change the state of a credential')
  })

  it('finds nothing that the tables hold', () => {
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
  })
})
