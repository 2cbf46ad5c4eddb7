import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import {
  afterTransitions,
  type Ban,
  type Cluster,
  type ClusterLedger,
  type Credential,
  decideAfterCreate,
  decideBan,
  decideBanGoesOn,
  decideCompletion,
  decideGenerate,
  decideUnban,
  makeRegistries,
} from '../index.ts'
import { aBan, aCause, aCluster, aClusterLedger, aCredential, aRegistry, now, rulesOf } from '../testing/index.ts'

const cause = aCause()
const all = [aRegistry(), aRegistry('rhit')]
const context = { registries: makeRegistries(all), attemptIds: ['attempt-8', 'attempt-9'] }
const command = { clusterId: 'cls-abc123', reason: 'found in a public log', cause }

const ledgerOf = (
  cluster: Cluster | undefined,
  ban: Ban | undefined,
  ...rows: ReadonlyArray<Credential>
): ClusterLedger => ({ ...aClusterLedger(cluster, ...rows), ban })

const banned = (ledger: ClusterLedger) => {
  const { transitions, answer } = decideBan(ledger, command, context, now)
  return { rules: rulesOf(transitions), held: answer, after: afterTransitions(ledger, transitions) }
}

const draws = Object.fromEntries(
  all.map(({ id }) => [id, { credentialId: `new-${id}`, attemptId: `attempt-${id}`, entropy: 'ab12' }]),
)
const generating = { registries: all, draws, sealedFingerprintKey: 'sealed' }
const published = aCluster({ publishedAt: now, servedRegistries: ['quay', 'rhit'], nextAttemptAt: now })

describe('decide ban', () => {
  it('moves every row out of use, takes it for deletion, and leaves the cluster without a document', () => {
    const states = ['intended', 'ready', 'active', 'retiring'] as const
    const rows = states.map((state, index) => aCredential({ id: `credential-${String(index)}`, state, fence: 5 }))
    const { rules, held, after } = banned(ledgerOf(published, undefined, ...rows))
    expect(rules).to.deep.equal([
      'B1',
      'C5',
      'C8',
      'C11',
      'C12',
      'cluster_noted',
      'credential_noted',
      'credential_noted',
    ])
    expect(held.map((row) => [row.state, row.fence])).to.deep.equal([
      ['revoking', 7],
      ['revoking', 7],
    ])
    expect(after.ban).to.deep.equal(aBan({ bannedBy: cause.subject }))
    expect(after.cluster).to.deep.include({
      state: 'live',
      dormantSince: now,
      publishedAt: undefined,
      servedRegistries: [],
      nextAttemptAt: undefined,
    })
  })

  it('bans an id that has no cluster, or a deleted one, and changes nothing else', () => {
    expect(banned(ledgerOf(undefined, undefined)).rules).to.deep.equal(['B1'])
    expect(banned(ledgerOf(aCluster({ state: 'deleted' }), undefined)).rules).to.deep.equal(['B1'])
  })

  it('keeps who gave a ban that stands, and bans anew what was unbanned', () => {
    const again = banned(ledgerOf(undefined, aBan({ reason: 'first' })))
    expect([again.rules, again.after.ban?.reason]).to.deep.equal([[], 'first'])
    const anew = banned(ledgerOf(undefined, aBan({ state: 'lifted', reason: 'first', version: 2 })))
    expect([anew.rules, anew.after.ban?.reason, anew.after.ban?.version]).to.deep.equal([['B1'], command.reason, 3])
  })

  it('goes on with its deletions as long as it stands, and bans nobody again', () => {
    const row = aCredential({ state: 'revoking', lease: undefined, nextAttemptAt: now })
    const goesOn = (ban?: Ban) => rulesOf(decideBanGoesOn(ledgerOf(published, ban, row), context, now).transitions)
    expect([goesOn(aBan()), goesOn(aBan({ state: 'lifted' })), goesOn()]).to.deep.equal([['credential_noted'], [], []])
  })

  it('is lifted once', () => {
    const lifted = (ban?: Ban) => rulesOf(decideUnban(ledgerOf(published, ban), cause).transitions)
    expect([lifted(aBan()), lifted(aBan({ state: 'lifted' })), lifted()]).to.deep.equal([['B2'], [], []])
  })
})

describe('a ban', () => {
  const dormant = aCluster({ dormantSince: now, epoch: 1 })

  it('refuses a generate in every state of the cluster, with its reason', () => {
    for (const cluster of [undefined, dormant, aCluster({ state: 'deleting' }), aCluster({ state: 'deleted' })]) {
      const answer = decideGenerate(ledgerOf(cluster, aBan()), { ...command, recreate: 1 }, generating, now)
      expect(E.isLeft(answer) && answer.left).to.deep.equal({
        code: 'CLUSTER_BANNED',
        clusterId: 'cls-abc123',
        reason: 'found in a public log',
        bannedAt: now,
      })
    }
  })

  it('is over for the next generate once it is lifted, which awakes the cluster', () => {
    const ledger = ledgerOf(dormant, aBan({ state: 'lifted' }))
    const answer = decideGenerate(ledger, command, generating, now)
    if (E.isLeft(answer)) throw new Error(answer.left.code)
    const after = afterTransitions(ledger, answer.right.transitions)
    expect([after.cluster?.dormantSince, after.credentials.map(({ state }) => state)]).to.deep.equal([
      undefined,
      ['intended', 'intended'],
    ])
  })

  it('keeps out of a document what a create brings all the same', () => {
    const row = aCredential()
    const outcome = { kind: 'created', username: 'org+robot', sealedToken: 'sealed' } as const
    const answers = [aBan(), aBan({ state: 'lifted' })].map((ban) =>
      decideAfterCreate(
        ledgerOf(aCluster({ wantsAllRegistries: false }), ban, row),
        row,
        outcome,
        { registry: aRegistry(), registries: [aRegistry()], cause },
        now,
      ),
    )
    expect(answers.map(({ transitions }) => rulesOf(transitions))).to.deep.equal([
      ['C3'],
      ['C3', 'C7', 'cluster_noted'],
    ])
  })

  it('leaves a cluster that nobody completes, lifted or not, however many registries are enabled', () => {
    for (const ban of [aBan(), aBan({ state: 'lifted' })]) {
      const ledger = { ...ledgerOf(dormant, ban), epoch: 2 }
      const { transitions, answer } = decideCompletion(ledger, cause, { registries: all, draws }, now)
      expect([rulesOf(transitions), answer]).to.deep.equal([['cluster_noted'], []])
      const looked = afterTransitions(ledger, transitions)
      expect([looked.cluster?.epoch, looked.cluster?.dormantSince]).to.deep.equal([2, now])
      expect(decideCompletion(looked, cause, { registries: all, draws }, now).transitions).to.deep.equal([])
    }
  })
})
