import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type Cluster, type Credential, decideDelete, makeRegistries } from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now, rulesOf } from '../testing/index.ts'

const cause = aCause()

const registries = makeRegistries([
  aRegistry(),
  aRegistry('rhit'),
  aRegistry('file', { capabilities: { sharedObject: true } }),
])

const decide = (cluster: Cluster | undefined, rows: ReadonlyArray<Credential> = [], incarnation?: number) => {
  const result = decideDelete(
    aClusterLedger(cluster, ...rows),
    { clusterId: 'cls-abc123', incarnation, cause },
    { registries, attemptIds: ['attempt-8', 'attempt-9'] },
    now,
  )
  if (E.isLeft(result)) return { refused: result.left, rules: [], held: [], after: [] }
  const { transitions, answer } = result.right
  return {
    refused: undefined,
    held: answer,
    after: transitions.map((transition) => transition.after),
    rules: rulesOf(transitions),
  }
}

describe('decide delete', () => {
  it('moves every row out of use in one step, raises its fence whoever holds it, and takes it', () => {
    const states = ['intended', 'ready', 'active', 'retiring'] as const
    const rows = states.map((state, index) => aCredential({ id: `credential-${String(index)}`, state, fence: 5 }))
    const { rules, held } = decide(aCluster(), rows)
    expect(rules).to.deep.equal(['K2', 'C5', 'C8', 'C11', 'C12', 'credential_noted', 'credential_noted'])
    expect(held.map((row) => [row.state, row.fence, row.lease?.attemptId])).to.deep.equal([
      ['revoking', 7, 'attempt-8'],
      ['revoking', 7, 'attempt-9'],
    ])
  })

  it('does not touch the settle time', () => {
    expect(decide(aCluster(), [aCredential({ state: 'active' })]).held[0]?.settlesAt).to.equal(now + 930_000)
  })

  it('proves at once what can never have been created', () => {
    const never = aCredential({ attempts: 0, outcome: 'none' })
    const refused = aCredential({
      id: 'credential-2',
      registryId: 'rhit',
      outcome: 'refused_at_first_step',
      settlesAt: undefined,
    })
    expect(decide(aCluster(), [never, refused]).rules).to.deep.equal(['K2', 'C4', 'C4', 'K3'])
    expect(decide(aCluster(), [{ ...refused, attempts: 2 }]).rules).to.deep.equal(['K2', 'C5', 'credential_noted'])
  })

  it('waits for proof of what was refused while somebody on the way may execute it again', () => {
    const refused = aCredential({ outcome: 'refused_at_first_step' })
    expect(decide(aCluster(), [refused]).rules).to.deep.equal(['K2', 'C5', 'credential_noted'])
  })

  it('waits for proof of what stands in a shared object, which others may have written', () => {
    const rows = [aCredential({ registryId: 'file', attempts: 0, outcome: 'none' })]
    expect(decide(aCluster(), rows).rules).to.deep.equal(['K2', 'C5', 'credential_noted'])
  })

  it('leaves a row to whoever is revoking it, and one whose registry is gone or moved to an operator', () => {
    const revoking = aCredential({ state: 'revoking' })
    expect(decide(aCluster({ state: 'deleting' }), [revoking]).rules).to.deep.equal([])
    expect(decide(aCluster(), [aCredential({ registryId: 'harbor' })]).held).to.deep.equal([])
    expect(decide(aCluster(), [aCredential({ scope: 'elsewhere' })]).held).to.deep.equal([])
  })

  it('records the deletion of an id without a life, so that an older generate cannot win', () => {
    expect(decide(undefined).after).to.deep.include.members([
      {
        id: 'cls-abc123',
        version: 1,
        state: 'deleted',
        incarnation: 1,
        wantsAllRegistries: false,
        wantedRegistries: [],
        servedRegistries: [],
        epoch: 0,
        createdAt: now,
        createdBy: 'adapter',
      },
    ])
    expect(decide(aCluster({ state: 'deleted', incarnation: 4 })).after).to.deep.include.members([
      aCluster({ state: 'deleted', incarnation: 5 }),
    ])
  })

  it('deletes only the life that was named', () => {
    expect(decide(aCluster({ incarnation: 3 }), [], 2).refused).to.deep.include({
      code: 'INCARNATION_CONFLICT',
      incarnation: 3,
      asked: 2,
    })
    expect(decide(aCluster({ incarnation: 3 }), [], 3).rules).to.deep.equal(['K2', 'K3'])
    expect(decide(aCluster({ state: 'deleted', incarnation: 3 }), [], 3).rules).to.deep.equal([])
  })

  it('takes only what is due and free', () => {
    const cluster = aCluster({ state: 'deleting' })
    const revoking = (given: Partial<Credential>) =>
      decide(cluster, [aCredential({ state: 'revoking', lease: undefined, ...given })]).held.length
    expect([
      revoking({ nextAttemptAt: now }),
      revoking({ nextAttemptAt: undefined }),
      revoking({ nextAttemptAt: now + 1 }),
    ]).to.deep.equal([1, 1, 0])
    expect(
      revoking({ lease: { attemptId: 'a', takenAt: now - 1, expiresAt: now + 1 }, nextAttemptAt: now - 1 }),
    ).to.equal(0)
  })

  it('holds nothing of an id without a life, and names no life of one it never heard of', () => {
    expect([decide(undefined).held, decide(aCluster({ state: 'deleted' })).held]).to.deep.equal([[], []])
    expect(decide(undefined, [], 2).refused).to.deep.equal({
      code: 'INCARNATION_CONFLICT',
      clusterId: 'cls-abc123',
      incarnation: 0,
      asked: 2,
    })
  })
})
