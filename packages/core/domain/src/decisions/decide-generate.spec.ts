import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import {
  type Cluster,
  type Credential,
  decideCompletion,
  decideGenerate,
  type GenerateCommand,
  type Registry,
} from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now, rulesOf } from '../testing/index.ts'

const cause = aCause()

const draws = Object.fromEntries(
  ['quay', 'rhit'].map((id) => [
    id,
    { credentialId: `new-${id}`, attemptId: `attempt-${id}`, entropy: 'e'.repeat(32) },
  ]),
)

const decide = (
  cluster: Cluster | undefined,
  rows: ReadonlyArray<Credential> = [],
  command: Partial<GenerateCommand> = {},
  registries: ReadonlyArray<Registry> = [aRegistry()],
) => {
  const result = decideGenerate(
    aClusterLedger(cluster, ...rows),
    { clusterId: 'cls-abc123', cause, ...command },
    { registries, draws, sealedFingerprintKey: 'key' },
    now,
  )
  if (E.isLeft(result)) return { refused: result.left, rules: [], taken: [], transitions: [] }
  const { transitions, answer } = result.right
  return {
    refused: undefined,
    taken: answer,
    transitions,
    rules: rulesOf(transitions),
  }
}

const revokingRow = (id: string, settlesAt: number): Credential =>
  aCredential({ id, state: 'revoking', lease: undefined, settlesAt })

describe('decide generate', () => {
  it('writes the row, its final name and its first attempt before anything is sent', () => {
    const { rules, taken } = decide(undefined)
    expect(rules).to.deep.equal(['K1', 'C1', 'cluster_noted'])
    expect(taken).to.have.length(1)
    expect(taken[0]).to.deep.include({
      id: 'new-quay',
      vendorName: `quay-${'e'.repeat(32)}`,
      state: 'intended',
      generation: 1,
      fence: 1,
      attempts: 1,
      outcome: 'unknown',
      settlesAt: now + 930_000,
      lease: { attemptId: 'attempt-quay', takenAt: now, expiresAt: now + 30_000 },
    })
  })

  it('takes nothing that somebody else holds', () => {
    expect(decide(aCluster(), [aCredential()]).taken).to.deep.equal([])
  })

  it('takes over a row whose lease has ended, and one that is due again', () => {
    const ended = aCredential({
      lease: { attemptId: 'gone', takenAt: now - 40_000, expiresAt: now - 10_000 },
      nextAttemptAt: now - 10_000,
    })
    expect(decide(aCluster(), [ended]).taken.map((row) => [row.id, row.fence, row.attempts])).to.deep.equal([
      ['credential-1', 2, 2],
    ])
    expect(decide(aCluster(), [aCredential({ lease: undefined, nextAttemptAt: now + 1 })]).taken).to.deep.equal([])
  })

  it('gives up a one-shot row whose holder died, and intends another under a fresh name and generation', () => {
    const { rules, taken } = decide(aCluster(), [aCredential({ lease: undefined, nextAttemptAt: now })], {}, [
      aRegistry('quay', { capabilities: { recoveryClass: 'one-shot' } }),
    ])
    expect(rules.slice(0, 2)).to.deep.equal(['C5', 'C1'])
    expect(taken.map((row) => [row.id, row.generation])).to.deep.equal([['new-quay', 2]])
  })

  it('intends no fourth row while three are unsettled', () => {
    const unsettled = ['a', 'b', 'c'].map((id) => revokingRow(id, now + 1))
    expect(decide(aCluster(), unsettled).taken).to.deep.equal([])
    expect(decide(aCluster(), [...unsettled.slice(1), revokingRow('a', now)]).taken).to.have.length(1)
  })

  it('creates nothing at a disabled registry', () => {
    expect(decide(aCluster(), [], {}, [aRegistry('quay', { enabled: false })]).taken).to.deep.equal([])
  })

  it('always includes the required registries, and optional ones by name or by default', () => {
    const registries = [aRegistry('quay'), aRegistry('rhit', { required: false })]
    const idsOf = (command: Partial<GenerateCommand>) =>
      decide(undefined, [], command, registries).taken.map((row) => row.registryId)
    expect(idsOf({ registries: ['rhit'] })).to.deep.equal(['quay', 'rhit'])
    expect(idsOf({ registries: ['quay'] })).to.deep.equal(['quay'])
    expect(idsOf({})).to.deep.equal(['quay', 'rhit'])
  })

  it('never takes away a registry that was asked for before', () => {
    const { transitions } = decide(aCluster({ wantsAllRegistries: false, wantedRegistries: ['rhit'] }), [], {
      registries: ['quay'],
    })
    expect(
      transitions.flatMap((transition) =>
        transition.kind === 'cluster_noted' ? [transition.after.wantedRegistries] : [],
      )[0],
    ).to.deep.equal(['quay', 'rhit'])
  })

  it('brings a deleted cluster back only for who names the life that ended', () => {
    const deleted = aCluster({ state: 'deleted', incarnation: 4, publishedAt: now - 1, sealedFingerprintKey: 'old' })
    expect(decide(deleted).refused).to.deep.include({ code: 'CLUSTER_DELETED', incarnation: 4 })
    expect(decide(deleted, [], { recreate: 3 }).refused).to.deep.include({ code: 'CLUSTER_DELETED', incarnation: 4 })
    const [first] = decide(deleted, [], { recreate: 4 }).transitions
    expect(
      first?.kind === 'cluster_moved' && [
        first.rule,
        first.after.incarnation,
        first.after.publishedAt,
        first.after.sealedFingerprintKey,
      ],
    ).to.deep.equal(['K4', 5, undefined, 'key'])
    expect(decide(undefined, [], { recreate: 1 }).refused).to.include({ code: 'INCARNATION_CONFLICT', incarnation: 0 })
  })

  it('takes a late request to recreate to mean the life after the one that it names, and no later one', () => {
    const third = aCluster({ incarnation: 3 })
    expect(decide(third, [], { recreate: 1 }).refused).to.deep.equal({
      code: 'INCARNATION_CONFLICT',
      clusterId: 'cls-abc123',
      incarnation: 3,
      asked: 2,
    })
    expect(decide(third, [], { recreate: 2 }).refused).to.equal(undefined)
  })

  it('refuses while the cluster is being deleted', () => {
    expect(decide(aCluster({ state: 'deleting' })).refused).to.include({ code: 'CLUSTER_DELETING' })
  })

  it('does not take what is not due, what is finished, or what belongs to another registry', () => {
    const ready = aCredential({ state: 'ready', lease: undefined, nextAttemptAt: now })
    expect(decide(aCluster({ publishedAt: now - 1 }), [ready]).taken).to.deep.equal([])
    const rhit = aCredential({ registryId: 'rhit', lease: undefined, nextAttemptAt: undefined })
    expect(
      decide(aCluster(), [rhit], {}, [aRegistry(), aRegistry('rhit')]).taken.map((row) => [row.id, row.attempts]),
    ).to.deep.equal([
      ['new-quay', 1],
      ['credential-1', 2],
    ])
  })

  it('intends nothing where no material was drawn', () => {
    expect(decide(aCluster(), [], {}, [aRegistry('harbor')]).taken).to.deep.equal([])
    expect(
      decide(aCluster(), [aCredential({ registryId: 'harbor', lease: undefined })], {}, [aRegistry('harbor')]).taken,
    ).to.deep.equal([])
  })

  it('lets the unsettled rows of another registry be', () => {
    const unsettled = ['a', 'b', 'c'].map((id) => ({ ...revokingRow(id, now + 1), registryId: 'rhit' }))
    expect(decide(aCluster(), unsettled).taken).to.have.length(1)
  })

  it('attempts a one-shot row again that was refused before anything was made', () => {
    const refused = aCredential({ lease: undefined, nextAttemptAt: now, outcome: 'refused_at_first_step' })
    const { taken, transitions } = decide(aCluster({ nextAttemptAt: now + 300_000 }), [refused], {}, [
      aRegistry('quay', { capabilities: { recoveryClass: 'one-shot' } }),
    ])
    expect(taken.map((row) => row.id)).to.deep.equal(['credential-1'])
    expect(transitions.map(({ kind }) => kind)).to.deep.equal(['credential_noted'])
  })

  it('publishes nothing without what a newer configuration requires', () => {
    const ready = aCredential({ state: 'ready', lease: undefined, settlesAt: undefined, nextAttemptAt: undefined })
    const decideFor = (requiredRegistries?: ReadonlyArray<string>) => {
      const ledger = { ...aClusterLedger(aCluster(), ready), requiredRegistries }
      const context = { registries: [aRegistry()], draws, sealedFingerprintKey: 'key' }
      const decision = decideGenerate(ledger, { clusterId: 'cls-abc123', cause }, context, now)
      return E.isRight(decision) ? rulesOf(decision.right.transitions).includes('C7') : decision.left
    }
    expect([decideFor(), decideFor(['quay']), decideFor(['quay', 'edge'])]).to.deep.equal([true, true, false])
  })

  describe('beside a rotation', () => {
    const entry = (given: Partial<Credential> = {}): Credential =>
      aCredential({
        id: 'old',
        state: 'active',
        lease: undefined,
        settlesAt: undefined,
        nextAttemptAt: undefined,
        ...given,
      })
    const successor = (given: Partial<Credential> = {}): Credential =>
      aCredential({ id: 'new', generation: 2, lease: undefined, nextAttemptAt: now, ...given })
    const oneShot = [aRegistry('quay', { capabilities: { recoveryClass: 'one-shot' } })]
    const published = aCluster({ publishedAt: now - 1, servedRegistries: ['quay'] })
    const inBothOrders = (
      rows: ReadonlyArray<Credential>,
      registries?: ReadonlyArray<Registry>,
    ): ReadonlyArray<readonly [rules: ReadonlyArray<string>, taken: ReadonlyArray<string>]> =>
      [rows, rows.toReversed()].map((ordered) => {
        const { rules, taken } = decide(published, ordered, {}, registries)
        return [rules.filter((rule) => rule !== 'cluster_noted'), taken.map(({ id }) => id)]
      })

    it('leaves the successor of an entry alone, in whatever order the rows come', () => {
      for (const registries of [[aRegistry()], oneShot])
        for (const state of ['intended', 'ready'] as const)
          expect(inBothOrders([entry(), successor({ state })], registries), state).to.deep.equal([
            [[], []],
            [[], []],
          ])
    })

    it('goes on with the successor of an entry that may not be handed out any more', () => {
      const ended = entry({ expiresAt: now + 600_000 })
      expect(inBothOrders([ended, successor()])).to.deep.equal([
        [['C11', 'credential_noted'], ['new']],
        [['C11', 'credential_noted'], ['new']],
      ])
      expect(inBothOrders([ended, successor({ state: 'ready' })])).to.deep.equal([
        [['C11', 'C7'], []],
        [['C11', 'C7'], []],
      ])
    })
  })

  it('replaces a row that lives in an earlier scope of its registry', () => {
    const moved = aCredential({ lease: undefined, nextAttemptAt: now, scope: 'elsewhere' })
    const { rules, taken, transitions } = decide(aCluster({ nextAttemptAt: now + 300_000 }), [moved])
    expect(rules).to.deep.equal(['C5', 'C1'])
    expect(transitions.map(({ kind }) => kind)).to.deep.equal(['credential_moved', 'credential_added'])
    expect(taken.map((row) => [row.id, row.scope, row.createdAt])).to.deep.equal([['new-quay', 'scope', now]])
  })

  it('starts a life with what its request says', () => {
    const [first] = decide(undefined, [], {
      externalId: 'x',
      cloudProvider: 'gcp',
      region: 'r1',
      registries: ['rhit', 'quay'],
    }).transitions
    expect(first?.kind === 'cluster_moved' && first.after).to.deep.equal({
      id: 'cls-abc123',
      version: 1,
      state: 'live',
      incarnation: 1,
      externalId: 'x',
      cloudProvider: 'gcp',
      region: 'r1',
      wantsAllRegistries: false,
      wantedRegistries: ['quay', 'rhit'],
      servedRegistries: [],
      epoch: 0,
      sealedFingerprintKey: 'key',
      createdAt: now,
      createdBy: 'adapter',
      dormantSince: undefined,
    })
    const [plain] = decide(undefined).transitions
    expect(
      plain?.kind === 'cluster_moved' && [plain.after.wantsAllRegistries, plain.after.wantedRegistries],
    ).to.deep.equal([true, []])
  })

  const complete = aCredential({ state: 'active', lease: undefined })
  const awake = { dormantSince: undefined }
  const notes = (cluster: Partial<Cluster>, command: Partial<GenerateCommand>) =>
    decide(aCluster({ publishedAt: now - 1, ...cluster }), [complete], command).transitions.map(
      (transition) => transition.after,
    )

  it('notes a new external id, but where a cluster runs is said once', () => {
    const cluster = { externalId: 'x', cloudProvider: 'gcp', region: 'r1' }
    expect(notes(cluster, { externalId: 'y', cloudProvider: 'aws', region: 'r2' })).to.deep.equal([
      aCluster({ publishedAt: now - 1, ...cluster, ...awake, externalId: 'y' }),
    ])
    expect(notes({}, { cloudProvider: 'aws' })).to.deep.equal([
      aCluster({ publishedAt: now - 1, ...awake, cloudProvider: 'aws', externalId: undefined, region: undefined }),
    ])
    expect(notes({}, { region: 'r2' })).to.deep.equal([
      aCluster({ publishedAt: now - 1, ...awake, region: 'r2', externalId: undefined, cloudProvider: undefined }),
    ])
  })

  it('notes that every registry is wanted from now on, or one more', () => {
    const [all] = notes({ wantsAllRegistries: false, wantedRegistries: ['quay'] }, {})
    expect(all).to.include({ wantsAllRegistries: true })
    const [more] = notes({ wantsAllRegistries: false, wantedRegistries: [] }, { registries: ['quay'] })
    expect(more).to.deep.include({ wantedRegistries: ['quay'] })
  })

  it('writes nothing for a request that says nothing new', () => {
    expect(notes({ externalId: 'x', cloudProvider: 'gcp', region: 'r1' }, {})).to.deep.equal([])
    expect(notes({ nextAttemptAt: now + 5 }, { registries: [] })).to.deep.equal([])
  })

  it('looks again in half a minute where a row is missing, and in five where every row is due by itself', () => {
    const dueAfter = (rows: ReadonlyArray<Credential>) => {
      const last = decide(aCluster(), rows).transitions.at(-1)
      return last?.kind === 'cluster_noted' && last.after.nextAttemptAt
    }
    const unsettled = [1, 2, 3].map((index) => aCredential({ id: `credential-${String(index)}`, state: 'revoking' }))
    expect([dueAfter([]), dueAfter(unsettled)]).to.deep.equal([now + 300_000, now + 30_000])
  })

  describe('completing a cluster', () => {
    const complete = (cluster: Cluster | undefined, ...rows: ReadonlyArray<Credential>) =>
      decideCompletion(aClusterLedger(cluster, ...rows), cause, { registries: [aRegistry()], draws }, now)

    it('is no longer due when nothing is missing', () => {
      const cluster = aCluster({ publishedAt: now - 1, nextAttemptAt: now })
      const { transitions, answer } = complete(cluster, aCredential({ state: 'active', lease: undefined }))
      expect([transitions, answer]).to.deep.equal([
        [{ kind: 'cluster_noted', before: cluster, after: { ...cluster, nextAttemptAt: undefined } }],
        [],
      ])
    })

    it('stays due where a newer configuration enables a registry that is not known here', () => {
      const cluster = aCluster({ publishedAt: now - 1, nextAttemptAt: now })
      const ledger = {
        ...aClusterLedger(cluster, aCredential({ state: 'active', lease: undefined })),
        enabledRegistries: ['quay', 'harbor'],
      }
      const transitionsWith = (...registries: ReadonlyArray<Registry>) =>
        decideCompletion(ledger, cause, { registries, draws }, now).transitions
      expect(transitionsWith(aRegistry())).to.deep.equal([])
      expect(transitionsWith(aRegistry(), aRegistry('harbor', { enabled: false }))).to.deep.equal([])
    })

    it('takes what is missing', () => {
      expect(complete(aCluster()).answer.map((row) => row.id)).to.deep.equal(['new-quay'])
    })

    it('leaves alone what is not live', () => {
      const nothing = { transitions: [], events: [], answer: [] }
      expect([
        complete(aCluster({ state: 'deleting' })),
        complete(aCluster({ state: 'deleted' })),
        complete(undefined),
      ]).to.deep.equal([nothing, nothing, nothing])
    })
  })

  describe('where the newest configuration has a registry elsewhere', () => {
    const elsewhere = (...rows: ReadonlyArray<Credential>) => {
      const cluster = aCluster({ nextAttemptAt: now })
      const ledger = { ...aClusterLedger(cluster, ...rows), scopes: { quay: 'elsewhere' } }
      return rulesOf(decideCompletion(ledger, cause, { registries: [aRegistry()], draws }, now).transitions)
    }

    it('adds no credential where the registry was', () => {
      expect(elsewhere()).to.deep.equal(['cluster_noted'])
    })

    it('attempts, replaces and publishes none there', () => {
      expect(elsewhere(aCredential({ lease: undefined, nextAttemptAt: now }))).to.deep.equal(['cluster_noted'])
      expect(elsewhere(aCredential({ lease: undefined, nextAttemptAt: now, scope: 'elsewhere' }))).to.deep.equal([
        'cluster_noted',
      ])
      expect(elsewhere(aCredential({ state: 'ready', lease: undefined }))).to.deep.equal(['cluster_noted'])
    })
  })

  describe('of what ends by itself', () => {
    const endsAt = (expiresAt: number, given: Partial<Credential> = {}): Credential =>
      aCredential({ state: 'active', lease: undefined, settlesAt: undefined, expiresAt, ...given })
    const complete = (row: Credential, cluster = aCluster({ publishedAt: now - 1, nextAttemptAt: now })) =>
      decideCompletion(aClusterLedger(cluster, row), cause, { registries: [aRegistry()], draws }, now)
    const dueAt = (row: Credential) =>
      complete(row).transitions.flatMap((transition) =>
        transition.kind === 'cluster_noted' ? [transition.after.nextAttemptAt] : [],
      )

    it('looks again when the first entry may no longer be handed out', () => {
      expect(dueAt(endsAt(now + 3_600_000))).to.deep.equal([now + 3_000_000])
    })

    it('replaces an entry that may not, and revokes it in the same step', () => {
      const { transitions, answer } = complete(endsAt(now + 600_000))
      expect(rulesOf(transitions)).to.deep.equal(['C11', 'C1', 'cluster_noted'])
      expect(answer.map((row) => [row.id, row.generation])).to.deep.equal([['new-quay', 2]])
    })

    it('revokes what has ended of a registry that makes no more, and replaces it by nothing', () => {
      const closed = aRegistry('quay', { enabled: false })
      const cluster = aCluster({ publishedAt: now - 1, nextAttemptAt: now })
      for (const [state, rule] of [
        ['ready', 'C8'],
        ['active', 'C11'],
      ] as const) {
        const ledger = aClusterLedger(cluster, endsAt(now + 600_000, { state }))
        const { transitions } = decideCompletion(ledger, cause, { registries: [closed], draws }, now)
        expect(rulesOf(transitions).slice(0, 1)).to.deep.equal([rule])
        expect(rulesOf(transitions)).not.to.include('C1')
      }
    })

    it('never publishes what may not be handed out', () => {
      const { transitions } = complete(endsAt(now, { state: 'ready' }), aCluster({ nextAttemptAt: now }))
      expect(rulesOf(transitions)).to.deep.equal(['C8', 'C1', 'cluster_noted'])
    })

    it('remembers of which registries the document has had an entry', () => {
      const ready = aCredential({ state: 'ready', lease: undefined })
      const served = complete(
        ready,
        aCluster({ servedRegistries: ['another'], nextAttemptAt: now }),
      ).transitions.flatMap((transition) =>
        transition.kind === 'cluster_noted' ? [transition.after.servedRegistries] : [],
      )
      expect(served[0]).to.deep.equal(['another', 'quay'])
    })
  })
})
