import { expect } from 'chai'
import {
  type Cluster,
  type Credential,
  decideAfterCreate,
  type RecordedCreateOutcome,
  type Registry,
  type Transition,
} from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now, rulesOf } from '../testing/index.ts'

const cause = aCause()

const created: RecordedCreateOutcome = {
  kind: 'created',
  username: 'org+robot',
  sealedToken: 'sealed',
  vendorId: 'object-1',
}

const decide = (
  outcome: RecordedCreateOutcome,
  row: Credential = aCredential(),
  registry: Registry = aRegistry(),
  others: ReadonlyArray<Credential> = [],
  registries: ReadonlyArray<Registry> = [registry],
) => decideAfterCreate(aClusterLedger(aCluster(), row, ...others), row, outcome, { registry, registries, cause }, now)

const afterOf = (transitions: ReadonlyArray<Transition>): Credential => {
  const last = transitions
    .filter((transition) => transition.kind === 'credential_moved' || transition.kind === 'credential_noted')
    .at(-1)
  if (last === undefined) throw new Error('no row was written')
  return last.after
}

describe('decide after create', () => {
  it('publishes the document with the last required registry, every row at once', () => {
    const other = aCredential({ id: 'credential-2', registryId: 'rhit', state: 'ready', lease: undefined })
    const { transitions } = decide(created, aCredential(), aRegistry(), [other], [aRegistry(), aRegistry('rhit')])
    expect(rulesOf(transitions)).to.deep.equal(['C3', 'C7', 'C7', 'cluster_noted'])
  })

  it('publishes nothing while a required registry is missing', () => {
    expect(
      rulesOf(decide(created, aCredential(), aRegistry(), [], [aRegistry(), aRegistry('rhit')]).transitions),
    ).to.deep.equal(['C3'])
  })

  it('does not wait for an optional registry', () => {
    const optional = aRegistry('harbor', { required: false })
    expect(rulesOf(decide(created, aCredential(), aRegistry(), [], [aRegistry(), optional]).transitions)).to.deep.equal(
      ['C3', 'C7', 'cluster_noted'],
    )
  })

  it('never publishes a row of an earlier life of the cluster', () => {
    const row = aCredential()
    const decision = decideAfterCreate(
      aClusterLedger(aCluster({ incarnation: 2 }), row),
      row,
      created,
      { registry: aRegistry(), registries: [aRegistry()], cause },
      now,
    )
    expect(rulesOf(decision.transitions)).to.deep.equal(['C3'])
  })

  it('keeps the settle time after a success, because an intermediary may have executed the request twice', () => {
    expect(afterOf(decide(created).transitions).settlesAt).to.equal(now + 930_000)
  })

  it('clears the settle time only where requests are executed once and there was one attempt', () => {
    const registry = aRegistry('quay', { capabilities: { executesOnce: true } })
    expect(afterOf(decide(created, aCredential(), registry).transitions).settlesAt).to.equal(undefined)
    expect(afterOf(decide(created, aCredential({ attempts: 2 }), registry).transitions).settlesAt).to.equal(
      now + 930_000,
    )
  })

  it('gives the lease back whatever happened', () => {
    const outcomes: ReadonlyArray<RecordedCreateOutcome> = [
      created,
      { kind: 'unknown', problem: 'timeout' },
      { kind: 'refused', problem: 'quota', firstStep: true },
      { kind: 'not_sent', problem: 'unreachable' },
      { kind: 'name_burnt' },
    ]
    expect(outcomes.map((outcome) => afterOf(decide(outcome).transitions).lease)).to.deep.equal(
      outcomes.map(() => undefined),
    )
  })

  it('keeps a row whose outcome is unknown, to read it back', () => {
    const row = afterOf(decide({ kind: 'unknown', problem: 'timeout', vendorId: 'object-9' }).transitions)
    expect(row).to.include({
      state: 'intended',
      outcome: 'unknown',
      problem: 'timeout',
      vendorId: 'object-9',
      settlesAt: now + 930_000,
    })
    expect(row.nextAttemptAt).to.be.within(now + 1000, now + 1250)
  })

  it('gives up a one-shot row whose answer was lost, and calls for a replacement at once', () => {
    const { transitions } = decide(
      { kind: 'unknown', problem: 'timeout', vendorId: 'object-9' },
      aCredential(),
      aRegistry('quay', { capabilities: { recoveryClass: 'one-shot' } }),
    )
    expect(rulesOf(transitions)).to.deep.equal(['C5', 'cluster_noted'])
    expect(afterOf(transitions)).to.include({ state: 'revoking', fence: 2, vendorId: 'object-9', nextAttemptAt: now })
  })

  it("burns a name that turned out to be somebody else's", () => {
    const { transitions } = decide({ kind: 'name_burnt' })
    expect(rulesOf(transitions)).to.deep.equal(['C5', 'cluster_noted'])
    expect(transitions[0]).to.include({ cause })
  })

  it('remembers that the only attempt ever was refused before anything was created', () => {
    expect(afterOf(decide({ kind: 'refused', problem: 'quota', firstStep: true }).transitions).outcome).to.equal(
      'refused_at_first_step',
    )
  })

  it('takes no refusal as "never created" after an attempt that ended unknown, or after a first step', () => {
    expect(
      afterOf(decide({ kind: 'refused', problem: 'quota', firstStep: true }, aCredential({ attempts: 2 })).transitions)
        .outcome,
    ).to.equal('unknown')
    expect(afterOf(decide({ kind: 'refused', problem: 'quota', firstStep: false }).transitions).outcome).to.equal(
      'unknown',
    )
  })

  it('does not ask a vendor that refused again within seconds, and as late as it asked', () => {
    expect(
      afterOf(decide({ kind: 'refused', problem: 'administrator_refused', firstStep: true }).transitions).nextAttemptAt,
    ).to.equal(now + 30_000)
    expect(
      afterOf(decide({ kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: 120 }).transitions)
        .nextAttemptAt,
    ).to.equal(now + 120_000)
  })

  it('looks again soon when only another writer or our own deadline was in the way', () => {
    const busy: RecordedCreateOutcome = { kind: 'not_sent', problem: 'object_busy', retryAfterSeconds: 2 }
    expect(afterOf(decide(busy, aCredential({ attempts: 12 })).transitions).nextAttemptAt).to.equal(now + 2000)
    const late: RecordedCreateOutcome = { kind: 'not_sent', problem: 'deadline_passed' }
    expect(afterOf(decide(late, aCredential({ attempts: 12 })).transitions).nextAttemptAt).to.equal(now + 1000)
  })

  it('counts no attempt that was never sent', () => {
    expect(afterOf(decide({ kind: 'not_sent', problem: 'deadline_passed' }).transitions)).to.include({
      attempts: 0,
      outcome: 'none',
      settlesAt: undefined,
    })
    expect(
      afterOf(decide({ kind: 'not_sent', problem: 'deadline_passed' }, aCredential({ attempts: 2 })).transitions),
    ).to.include({ attempts: 1, outcome: 'unknown', settlesAt: now + 930_000 })
  })

  it('believes no announced life that is longer than a token can live, and mints none again at once', () => {
    const lifeOf = (expiresAt: number | undefined, refreshAfter?: number) => {
      const after = afterOf(
        decide(
          { ...created, expiresAt, refreshAfter },
          aCredential({ state: 'active' }),
          aRegistry('quay', { capabilities: { recoveryClass: 'stateless', maximumLifetimeSeconds: 3600 } }),
        ).transitions,
      )
      return [(after.expiresAt ?? 0) - now, (after.refreshAfter ?? 0) - now].map((milliseconds) => milliseconds / 1000)
    }
    expect([
      lifeOf(now + 1_000_000, now + 100_000),
      lifeOf(undefined),
      lifeOf(Infinity, Number.NaN),
      lifeOf(now + 999_999_999, now + 999_999_999),
      lifeOf(0, 0),
    ]).to.deep.equal([
      [1000, 100],
      [3600, 1800],
      [3600, 60],
      [3600, 1800],
      [-now / 1000, 60],
    ])
  })

  it('counts the longest life of a token from when it was asked for, however late the answer is recorded', () => {
    const lease = { attemptId: 'attempt-1', takenAt: now - 2_400_000, expiresAt: now - 2_370_000 }
    const registry = aRegistry('quay', { capabilities: { recoveryClass: 'stateless', maximumLifetimeSeconds: 3600 } })
    expect(
      afterOf(
        decide({ ...created, expiresAt: Infinity }, aCredential({ state: 'active', lease }), registry).transitions,
      ).expiresAt,
    ).to.equal(now + 1_200_000)
  })

  it('mints nothing again that is there for good, whatever its vendor says', () => {
    for (const recoveryClass of ['read-back', 'caller-secret', 'one-shot'] as const) {
      const registry = aRegistry('quay', { capabilities: { recoveryClass } })
      expect(
        afterOf(decide({ ...created, expiresAt: now + 990_000, refreshAfter: 0 }, aCredential(), registry).transitions),
      ).to.include({ state: 'active', expiresAt: now + 990_000, refreshAfter: undefined, nextWork: 'validate' })
    }
  })

  it('mints a token that nobody says the end of again when its vendor says so, but not at once', () => {
    const registry = aRegistry('quay', { capabilities: { recoveryClass: 'stateless' } })
    expect(
      [0, now + 90_000, undefined].map(
        (refreshAfter) =>
          afterOf(decide({ ...created, refreshAfter }, aCredential(), registry).transitions).refreshAfter,
      ),
    ).to.deep.equal([now + 60_000, now + 90_000, undefined])
  })

  it('replaces the token of a published short-lived credential without a new generation', () => {
    const row = aCredential({ state: 'active', outcome: 'unknown', sealedToken: 'old', verdict: 'valid' })
    const decision = decide(
      { ...created, sealedToken: 'new', expiresAt: now + 990_000, refreshAfter: now + 90_000 },
      row,
      aRegistry('quay', { capabilities: { recoveryClass: 'stateless' } }),
    )
    expect(rulesOf(decision.transitions)).to.deep.equal(['credential_noted'])
    expect(afterOf(decision.transitions)).to.include({
      state: 'active',
      sealedToken: 'new',
      expiresAt: now + 990_000,
      refreshAfter: now + 90_000,
      verdict: undefined,
      nextWork: 'validate',
      generation: 1,
    })
  })

  it('keeps what the vendor called the object, and takes a new name for it', () => {
    const row = aCredential({ vendorId: 'object-1' })
    expect(afterOf(decide({ ...created, vendorId: 'object-2' }, row).transitions)).to.include({
      outcome: 'created',
      vendorId: 'object-2',
    })
    const { vendorId, ...unnamed } = { ...created, vendorId: 'object-2' }
    expect(vendorId).to.equal('object-2')
    expect(afterOf(decide(unnamed, row).transitions).vendorId).to.equal('object-1')
    expect(afterOf(decide({ kind: 'unknown', problem: 'timeout' }, row).transitions).vendorId).to.equal('object-1')
  })

  it('writes a new credential and its publication as moves, and tells why', () => {
    const { transitions } = decide(created, aCredential({ problem: 'quota' }))
    expect(transitions.map(({ kind }) => kind)).to.deep.equal(['credential_moved', 'credential_moved', 'cluster_noted'])
    expect(transitions.map((transition) => ('cause' in transition ? transition.cause : undefined))).to.deep.equal([
      cause,
      cause,
      undefined,
    ])
    expect(afterOf(transitions)).to.include({
      state: 'active',
      activatedAt: now,
      username: 'org+robot',
      sealedToken: 'sealed',
      problem: undefined,
      nextAttemptAt: now,
      nextWork: 'validate',
    })
  })

  it('publishes a late registry by itself, and leaves the moment of the publication as it was', () => {
    const cluster = aCluster({ publishedAt: now - 9 })
    const row = aCredential({ refreshAfter: now + 5 })
    const registry = aRegistry('quay', { capabilities: { recoveryClass: 'stateless' } })
    const decision = decideAfterCreate(
      aClusterLedger(cluster, row),
      row,
      { ...created, refreshAfter: now + 90_000 },
      { registry, registries: [registry, aRegistry('rhit')], cause },
      now,
    )
    expect(rulesOf(decision.transitions)).to.deep.equal(['C3', 'C7', 'cluster_noted'])
    expect(
      decision.transitions.flatMap((transition) =>
        transition.kind === 'cluster_noted' ? [transition.after.publishedAt] : [],
      ),
    ).to.deep.equal([now - 9])
    expect(afterOf(decision.transitions).refreshAfter).to.equal(now + 90_000)
  })

  it('publishes no second credential beside an active one', () => {
    const others = [
      aCredential({ id: 'credential-2', state: 'active' }),
      aCredential({ id: 'credential-3', registryId: 'rhit', state: 'active' }),
    ]
    const decision = decideAfterCreate(
      aClusterLedger(aCluster({ publishedAt: now - 9 }), aCredential(), ...others),
      aCredential(),
      created,
      { registry: aRegistry(), registries: [aRegistry()], cause },
      now,
    )
    expect(rulesOf(decision.transitions)).to.deep.equal(['C3'])
  })

  it('counts a required registry that is active already towards the first publication', () => {
    const other = aCredential({ id: 'credential-2', registryId: 'rhit', state: 'active', lease: undefined })
    expect(
      rulesOf(decide(created, aCredential(), aRegistry(), [other], [aRegistry(), aRegistry('rhit')]).transitions),
    ).to.deep.equal(['C3', 'C7', 'cluster_noted'])
  })

  it('publishes nothing of a cluster that is being deleted, or that nobody knows', () => {
    const [row, context] = [aCredential(), { registry: aRegistry(), registries: [aRegistry()], cause }]
    const ledgers = [
      aClusterLedger(aCluster({ state: 'deleting' }), row),
      aClusterLedger(aCluster({ state: 'deleting', publishedAt: now - 1 }), row),
      aClusterLedger(undefined, row),
    ]
    expect(
      ledgers.map((ledger) => rulesOf(decideAfterCreate(ledger, row, created, context, now).transitions)),
    ).to.deep.equal([['C3'], ['C3'], ['C3']])
  })

  it('gives up a one-shot row whose object was half made, not one refused before, never sent or served', () => {
    const oneShot = aRegistry('quay', { capabilities: { recoveryClass: 'one-shot' } })
    expect(
      rulesOf(
        decide({ kind: 'refused', problem: 'grant_failed', firstStep: false }, aCredential(), oneShot).transitions,
      ),
    ).to.deep.equal(['C5', 'cluster_noted'])
    expect(
      rulesOf(decide({ kind: 'refused', problem: 'quota', firstStep: true }, aCredential(), oneShot).transitions),
    ).to.deep.equal(['credential_noted'])
    expect(
      rulesOf(decide({ kind: 'not_sent', problem: 'unreachable' }, aCredential(), oneShot).transitions),
    ).to.deep.equal(['credential_noted'])
    expect(
      rulesOf(decide({ kind: 'unknown', problem: 'timeout' }, aCredential({ state: 'active' }), oneShot).transitions),
    ).to.deep.equal(['credential_noted'])
  })

  it('calls for no replacement in a cluster without a life, and gives nothing up twice', () => {
    const [row, context] = [aCredential(), { registry: aRegistry(), registries: [aRegistry()], cause }]
    const rulesIn = (cluster: Cluster | undefined, credential: Credential) =>
      rulesOf(
        decideAfterCreate(aClusterLedger(cluster, credential), credential, { kind: 'name_burnt' }, context, now)
          .transitions,
      )
    expect([rulesIn(aCluster({ state: 'deleting' }), row), rulesIn(undefined, row)]).to.deep.equal([['C5'], ['C5']])
    expect(rulesIn(aCluster(), aCredential({ state: 'revoking' }))).to.deep.equal([])
  })

  it('waits no longer than usual for what could not be stored', () => {
    expect(afterOf(decide({ kind: 'not_sent', problem: 'storage_failed' }).transitions).nextAttemptAt).to.be.within(
      now + 1000,
      now + 1250,
    )
  })

  it('leaves a trace of what did not succeed', () => {
    expect(
      decide({ kind: 'unknown', problem: 'timeout' }).events.map(({ outcome, metadata }) => [
        outcome,
        metadata['problem'],
      ]),
    ).to.deep.equal([['unknown', 'timeout']])
    expect(decide({ kind: 'name_burnt' }).events.map(({ action, metadata }) => [action, metadata])).to.deep.equal([
      ['create', { problem: 'name_taken', attempts: 1, tries: 1 }],
    ])
    expect(decide({ kind: 'name_burnt' }).events.map(({ outcome }) => outcome)).to.deep.equal(['failure'])
  })
})
