import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { decideGenerate, isLegalTransition, illegality, type Cluster, type Credential, type GenerateCommand, type Registry } from '../src/index.ts'
import { aCluster, aCredential, aLedger, aRegistry, cause, now } from './builders.ts'

const draws = Object.fromEntries(['quay', 'rhit'].map((id) => [id, { credentialId: `new-${id}`, attemptId: `attempt-${id}`, entropy: 'e'.repeat(32) }]))

const decide = (
  cluster: Cluster | undefined, rows: ReadonlyArray<Credential> = [], command: Partial<GenerateCommand> = {}, registries: ReadonlyArray<Registry> = [aRegistry()],
) => {
  const result = decideGenerate(aLedger(cluster, ...rows), { clusterId: 'cls-abc123', cause, ...command }, { registries, draws, sealedFingerprintKey: 'key' }, now)
  if (E.isLeft(result)) return { refused: result.left, rules: [], taken: [], transitions: [] }
  const { transitions, answer } = result.right
  return { refused: undefined, taken: answer, transitions, rules: transitions.map((transition) => ('rule' in transition ? transition.rule : transition.kind)) }
}

const revokingRow = (id: string, settlesAt: number): Credential => aCredential({ id, state: 'revoking', lease: undefined, settlesAt })

describe('deciding on a generate', () => {
  it('writes the row, its final name and its first attempt before anything is sent', () => {
    const { rules, taken } = decide(undefined)
    expect(rules).to.deep.equal(['K1', 'C1', 'cluster_noted'])
    expect(taken).to.have.length(1)
    expect(taken[0]).to.deep.include({
      id: 'new-quay', vendorName: `quay-${'e'.repeat(32)}`, state: 'intended', generation: 1, fence: 1, attempts: 1, outcome: 'unknown', settlesAt: now + 930_000,
      lease: { attemptId: 'attempt-quay', takenAt: now, expiresAt: now + 30_000 },
    })
  })

  it('takes nothing that somebody else holds', () => {
    expect(decide(aCluster(), [aCredential()]).taken).to.deep.equal([])
  })

  it('takes over a row whose lease has ended, and one that is due again', () => {
    const ended = aCredential({ lease: { attemptId: 'gone', takenAt: now - 40_000, expiresAt: now - 10_000 }, nextAttemptAt: now - 10_000 })
    expect(decide(aCluster(), [ended]).taken.map((row) => [row.id, row.fence, row.attempts])).to.deep.equal([['credential-1', 2, 2]])
    expect(decide(aCluster(), [aCredential({ lease: undefined, nextAttemptAt: now + 1 })]).taken).to.deep.equal([])
  })

  it('gives up a one-shot row whose holder died, and intends another under a fresh name and generation', () => {
    const { rules, taken } = decide(aCluster(), [aCredential({ lease: undefined, nextAttemptAt: now })], {}, [aRegistry('quay', { recoveryClass: 'one-shot' })])
    expect(rules.slice(0, 2)).to.deep.equal(['C5', 'C1'])
    expect(taken.map((row) => [row.id, row.generation])).to.deep.equal([['new-quay', 2]])
  })

  it('intends no fourth row while three are unsettled', () => {
    const unsettled = ['a', 'b', 'c'].map((id) => revokingRow(id, now + 1))
    expect(decide(aCluster(), unsettled).taken).to.deep.equal([])
    expect(decide(aCluster(), [...unsettled.slice(1), revokingRow('a', now)]).taken).to.have.length(1)
  })

  it('creates nothing at a disabled registry', () => {
    expect(decide(aCluster(), [], {}, [aRegistry('quay', {}, { enabled: false })]).taken).to.deep.equal([])
  })

  it('always includes the required registries, and optional ones by name or by default', () => {
    const registries = [aRegistry('quay'), aRegistry('rhit', {}, { required: false })]
    const idsOf = (command: Partial<GenerateCommand>) => decide(undefined, [], command, registries).taken.map((row) => row.registryId)
    expect(idsOf({ registries: ['rhit'] })).to.deep.equal(['quay', 'rhit'])
    expect(idsOf({ registries: ['quay'] })).to.deep.equal(['quay'])
    expect(idsOf({})).to.deep.equal(['quay', 'rhit'])
  })

  it('never takes away a registry that was asked for before', () => {
    const { transitions } = decide(aCluster({ wantsAllRegistries: false, wantedRegistries: ['rhit'] }), [], { registries: ['quay'] })
    expect(transitions.flatMap((transition) => (transition.kind === 'cluster_noted' ? [transition.after.wantedRegistries] : []))[0]).to.deep.equal(['quay', 'rhit'])
  })

  it('brings a deleted cluster back only for who names the life that ended', () => {
    const deleted = aCluster({ state: 'deleted', incarnation: 4, publishedAt: now - 1, sealedFingerprintKey: 'old' })
    expect(decide(deleted).refused).to.deep.include({ code: 'CLUSTER_DELETED', incarnation: 4 })
    expect(decide(deleted, [], { recreate: 3 }).refused).to.deep.include({ code: 'CLUSTER_DELETED', incarnation: 4 })
    const [first] = decide(deleted, [], { recreate: 4 }).transitions
    expect(first?.kind === 'cluster_moved' && [first.rule, first.after.incarnation, first.after.publishedAt, first.after.sealedFingerprintKey]).to.deep.equal(['K4', 5, undefined, 'key'])
    expect(decide(undefined, [], { recreate: 1 }).refused).to.include({ code: 'CLUSTER_DELETED' })
  })

  it('refuses while the cluster is being deleted', () => {
    expect(decide(aCluster({ state: 'deleting' })).refused).to.include({ code: 'CLUSTER_DELETING' })
  })
})

describe('the table of transitions', () => {
  it('names what it does not contain as illegal', () => {
    expect(isLegalTransition('C7', 'intended', 'active')).to.equal(false)
    expect(isLegalTransition('C14', 'active', 'revoked')).to.equal(false)
    expect(illegality({ kind: 'credential_noted', before: aCredential(), after: aCredential({ state: 'ready' }) })).to.match(/must not change/)
    expect(illegality({ kind: 'cluster_moved', rule: 'K4', before: aCluster({ state: 'deleting' }), after: aCluster(), cause })).to.match(/K4/)
  })
})
