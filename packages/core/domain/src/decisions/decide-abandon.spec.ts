import { expect } from 'chai'
import { type Cluster, type Credential, decideAbandon } from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now } from '../testing/index.ts'

const cause = aCause()

describe('decide abandon', () => {
  const abandon = (cluster: Cluster | undefined, row: Credential, registry = aRegistry()) =>
    decideAbandon(aClusterLedger(cluster, row), row, { capabilities: registry.client.capabilities, cause }, now)
      .transitions

  it('moves the row out of use and makes its live cluster due at once', () => {
    const cluster = aCluster({ nextAttemptAt: now + 30_000 })
    const [move, note] = abandon(cluster, aCredential())
    expect(
      move?.kind === 'credential_moved' && [
        move.rule,
        move.after.state,
        move.after.fence,
        move.after.lease,
        move.after.nextAttemptAt,
      ],
    ).to.deep.equal(['C5', 'revoking', 2, undefined, now])
    expect(note).to.deep.equal({ kind: 'cluster_noted', before: cluster, after: { ...cluster, nextAttemptAt: now } })
  })

  it('calls for nothing in a cluster without a life', () => {
    expect(abandon(aCluster({ state: 'deleting' }), aCredential())).to.have.length(1)
    expect(abandon(undefined, aCredential())).to.have.length(1)
  })

  it('changes nothing of a row that is being revoked already', () => {
    expect([
      abandon(aCluster(), aCredential({ state: 'revoking' })),
      abandon(aCluster(), aCredential({ state: 'revoked' })),
    ]).to.deep.equal([[], []])
  })

  it('proves gone what was never sent, but never what was ready', () => {
    const never = { attempts: 0, outcome: 'none' } as const
    const [move] = abandon(aCluster(), aCredential(never))
    expect(move?.kind === 'credential_moved' && [move.rule, move.after.proof, move.after.revokedAt]).to.deep.equal([
      'C4',
      'never_sent',
      now,
    ])
    const [ready] = abandon(aCluster(), aCredential({ ...never, state: 'ready' }))
    expect(ready?.kind === 'credential_moved' && ready.rule).to.equal('C8')
  })

  it('knows when a lost token that nobody can revoke ends', () => {
    const minting = aRegistry('quay', { capabilities: { revocable: false, maximumLifetimeSeconds: 3600 } })
    const endOf = (given: Partial<Credential>, registry = minting) =>
      abandon(aCluster(), aCredential(given), registry).map(
        (transition) => 'expiresAt' in transition.after && transition.after.expiresAt,
      )[0]
    expect(endOf({})).to.equal(now + 930_000 + 3_600_000)
    expect(endOf({ settlesAt: undefined })).to.equal(now + 3_600_000)
    expect(endOf({ expiresAt: now + 9_000_000 })).to.equal(now + 9_000_000)
    expect(
      endOf(
        { expiresAt: now + 5 },
        aRegistry('quay', { capabilities: { revocable: true, maximumLifetimeSeconds: 3600 } }),
      ),
    ).to.equal(now + 5)
    expect(endOf({ expiresAt: now + 5 }, aRegistry('quay', { capabilities: { revocable: false } }))).to.equal(now + 5)
  })
})
