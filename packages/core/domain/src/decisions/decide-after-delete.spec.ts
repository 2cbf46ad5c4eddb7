import { expect } from 'chai'
import {
  type Cluster,
  type Credential,
  decideAfterDelete,
  type DeleteOutcome,
  type LoginAfterDelete,
  needsLogin,
  type RegistryCapabilities,
} from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, now, rulesOf, someCapabilities } from '../testing/index.ts'

const cause = aCause()

const settledRow = (given: Partial<Credential> = {}): Credential =>
  aCredential({ state: 'revoking', sealedToken: 'sealed', settlesAt: now - 1, ...given })

const decide = (
  outcome: DeleteOutcome,
  row: Credential = settledRow(),
  given: Partial<RegistryCapabilities> = {},
  at = now,
  login?: LoginAfterDelete,
) => {
  const { transitions, events } = decideAfterDelete(
    aClusterLedger(aCluster({ state: 'deleting' }), row),
    row,
    outcome,
    { capabilities: someCapabilities(given), login, cause },
    at,
  )
  const [first] = transitions
  if (first?.kind !== 'credential_moved' && first?.kind !== 'credential_noted') throw new Error('no row was written')
  return {
    after: first.after,
    rules: rulesOf(transitions),
    events,
  }
}

describe('decide after delete', () => {
  it('proves a revocation, erases the token, and ends the deletion of the cluster with its last row', () => {
    const { after, rules } = decide({ kind: 'deleted' })
    expect(after).to.include({
      state: 'revoked',
      proof: 'delete_accepted',
      sealedToken: undefined,
      nextAttemptAt: undefined,
    })
    expect(rules).to.deep.equal(['C14', 'K3'])
  })

  it('proves nothing while a request of ours may still land, however certain the answer', () => {
    const row = settledRow({ settlesAt: now + 10_000 })
    const answers: ReadonlyArray<DeleteOutcome> = [
      { kind: 'deleted' },
      { kind: 'absent', evidence: 'listing' },
      { kind: 'absent', evidence: 'foreign_object' },
    ]
    expect(answers.map((answer) => decide(answer, row).after.state)).to.deep.equal(['revoking', 'revoking', 'revoking'])
  })

  it('counts the moment of sending, not of the answer', () => {
    const row = settledRow({ settlesAt: now + 500, lease: { attemptId: 'a', takenAt: now, expiresAt: now + 30_000 } })
    expect(decide({ kind: 'deleted' }, row, {}, now + 1000).after.state).to.equal('revoking')
    expect(
      decide(
        { kind: 'deleted' },
        { ...row, lease: { attemptId: 'a', takenAt: now + 500, expiresAt: now + 30_000 } },
        {},
        now + 1000,
      ).after.state,
    ).to.equal('revoked')
  })

  it('tries again at the settle time at the latest', () => {
    expect(decide({ kind: 'deleted' }, settledRow({ settlesAt: now + 400, tries: 9 })).after.nextAttemptAt).to.equal(
      now + 400,
    )
  })

  it('takes an accepted delete as proof only where deletes are strongly consistent and names unique', () => {
    expect(decide({ kind: 'deleted' }, settledRow(), { deleteConsistency: 'eventual' }).after.state).to.equal(
      'revoking',
    )
    expect(decide({ kind: 'deleted' }, settledRow(), { uniqueNames: false }).after.state).to.equal('revoking')
  })

  it('takes absence as proof only with evidence, and with a listing where names are not unique', () => {
    const looked = settledRow({ absentSince: now - 600_000 })
    expect(decide({ kind: 'absent', evidence: 'controlled_read' }, looked).after.proof).to.equal('controlled_read')
    expect(
      decide({ kind: 'absent', evidence: 'controlled_read' }, looked, { uniqueNames: false }).after.state,
    ).to.equal('revoking')
    expect(decide({ kind: 'absent', evidence: 'listing' }, looked, { uniqueNames: false }).after.proof).to.equal(
      'listing',
    )
    expect(decide({ kind: 'absent_unproved' }, looked).after.state).to.equal('revoking')
  })

  describe('of a vendor of several backends', () => {
    const absent: DeleteOutcome = { kind: 'absent', evidence: 'controlled_read' }
    const eventual = { deleteConsistency: 'eventual' } as const

    it('believes a look that shows nothing when another one did ten minutes before', () => {
      const first = decide(absent).after
      expect([first.state, first.absentSince, first.nextAttemptAt]).to.deep.equal(['revoking', now, now + 600_000])
      const lookAgain = (milliseconds: number) => {
        const lease = { attemptId: 'attempt-2', takenAt: now + milliseconds, expiresAt: now + milliseconds + 1 }
        return decide(absent, { ...first, lease }, {}, now + milliseconds).after.proof
      }
      expect([lookAgain(599_999), lookAgain(600_000)]).to.deep.equal([undefined, 'controlled_read'])
    })

    it('looks again sooner where nothing lags for so long', () => {
      expect(decide(absent, settledRow(), { landingWindowSeconds: 30 }).after.nextAttemptAt).to.equal(now + 30_000)
    })

    const accepted = settledRow({ deleteAcceptedAt: now - 1, deleteDoneAt: now, username: 'org+robot' })
    const proofWith = (login: LoginAfterDelete | undefined, row = accepted, capabilities = {}) =>
      decide(absent, row, { ...eventual, ...capabilities }, now, login).after

    it('believes it after a delete that has taken effect, once the token is refused that was handed out', () => {
      const deleted = decide({ kind: 'deleted' }, settledRow(), { ...eventual, deletesTakeSeconds: 60 }, now + 5000)
      expect(deleted.after).to.include({ deleteAcceptedAt: now, deleteDoneAt: now + 65_000 })
      expect(deleted.after.nextAttemptAt).to.equal(now + 65_000)
      expect(proofWith('refused', { ...accepted, deleteDoneAt: now + 1 }).proof).to.equal(undefined)
      expect(proofWith('refused', { ...accepted, deleteDoneAt: undefined }).proof).to.equal(undefined)
      expect(proofWith('refused').proof).to.equal('controlled_read')
      expect(proofWith('accepted')).to.include({ state: 'revoking', absentSince: now })
      expect(proofWith(undefined)).to.include({ state: 'revoking', absentSince: now })
    })

    it('calls for nobody where a token is accepted for a while longer', () => {
      expect(proofWith('accepted')).to.include({ stuckSince: undefined, problem: undefined })
    })

    it('believes it at once after a delete that takes effect at once', () => {
      expect(proofWith(undefined, accepted, { deleteConsistency: 'strong' }).proof).to.equal('controlled_read')
    })

    it('believes no refused token where a name may have several objects', () => {
      const listing: DeleteOutcome = { kind: 'absent', evidence: 'listing' }
      const proofOf = (given: object) =>
        decide(listing, accepted, { ...eventual, ...given }, now, 'refused').after.proof
      expect([proofOf({ uniqueNames: true }), proofOf({ uniqueNames: false })]).to.deep.equal(['listing', undefined])
    })

    it('asks for a login exactly where a refused one makes the proof', () => {
      const asks = (row: Credential, given: object = {}) =>
        needsLogin(row, absent, someCapabilities({ ...eventual, ...given }), now)
      expect([
        asks(accepted),
        asks({ ...accepted, absentSince: now - 600_000 }),
        asks({ ...accepted, deleteAcceptedAt: undefined }),
        asks({ ...accepted, sealedToken: undefined }),
        asks(accepted, { deleteConsistency: 'strong' }),
      ]).to.deep.equal([true, false, false, false, false])
    })

    it('forgets what it did not see when it sees the object again', () => {
      const again = decide({ kind: 'deleted' }, settledRow({ absentSince: now - 1 }), eventual).after
      expect(again.absentSince).to.equal(undefined)
    })

    it('counts neither before a request of ours may have landed', () => {
      const row = settledRow({ settlesAt: now + 1 })
      expect([
        decide(absent, row).after.absentSince,
        proofWith('refused', { ...accepted, deleteAcceptedAt: now - 2 }).proof,
        proofWith('refused', { ...accepted, deleteAcceptedAt: now - 1 }).proof,
      ]).to.deep.equal([undefined, undefined, 'controlled_read'])
    })

    it('remembers what it did not see when the next answer tells nothing', () => {
      const row = settledRow({ absentSince: now - 5, deleteAcceptedAt: now - 9, deleteDoneAt: now - 7 })
      expect(decide({ kind: 'unknown', problem: 'timeout' }, row).after).to.include({
        absentSince: now - 5,
        deleteAcceptedAt: now - 9,
        deleteDoneAt: now - 7,
      })
    })

    it('knows no moment of effect where the vendor names none', () => {
      const deleted = decide({ kind: 'deleted' }, settledRow({ deleteDoneAt: now }), eventual).after
      expect(deleted).to.include({ deleteAcceptedAt: now, deleteDoneAt: undefined })
    })

    it('is none where nobody stands between', () => {
      expect(decide(absent, settledRow(), { executesOnce: true }).after.proof).to.equal('controlled_read')
    })
  })

  describe('of a credential that was handed out', () => {
    const handedOut = settledRow({ outcome: 'created', username: 'org+robot' })
    const foreign: DeleteOutcome = { kind: 'absent', evidence: 'foreign_object' }
    const decideWith = (outcome: DeleteOutcome, login: LoginAfterDelete | undefined, row = handedOut) => {
      const capabilities = someCapabilities({ loginsFollowAtOnce: true })
      const { transitions, events } = decideAfterDelete(
        aClusterLedger(aCluster({ state: 'deleting' }), row),
        row,
        outcome,
        { capabilities, login, cause },
        now,
      )
      const [first] = transitions
      if (first?.kind !== 'credential_moved' && first?.kind !== 'credential_noted')
        throw new Error('no row was written')
      return { after: first.after, findings: events.map(({ metadata }) => metadata['finding']) }
    }

    it('takes an object whose description somebody changed for ours, and calls for somebody', () => {
      const { after, findings } = decideWith(foreign, undefined)
      expect([after.state, after.problem, after.stuckSince, findings]).to.deep.equal([
        'revoking',
        'marker_changed',
        now,
        ['marker_changed'],
      ])
    })

    it('takes it for another one once the token was refused twice, ten minutes apart', () => {
      const first = decideWith(foreign, 'refused').after
      expect(first).to.include({ state: 'revoking', absentSince: now, nextAttemptAt: now + 600_000 })
      const second = (absentSince: number) => decideWith(foreign, 'refused', { ...handedOut, absentSince }).after
      expect([second(now - 599_999).proof, second(now - 600_000).proof]).to.deep.equal([undefined, 'foreign_object'])
      expect(decideWith(foreign, 'accepted', { ...handedOut, absentSince: now - 1 }).after.absentSince).to.equal(
        undefined,
      )
    })

    it('takes it for ours without a login, however often it was seen', () => {
      const seen = { ...handedOut, absentSince: now - 600_000 }
      expect(decideWith(foreign, undefined, seen)).to.deep.include({ findings: ['marker_changed'] })
      expect(needsLogin(seen, foreign, someCapabilities(), now)).to.equal(true)
    })

    it('tells of somebody else when the second refusal makes it the proof, counted from when it was sent', () => {
      const seen = { ...handedOut, absentSince: now - 600_000 }
      expect(decideWith(foreign, 'refused', seen).findings).to.deep.equal(['foreign_object'])
      const late = decide(foreign, { ...seen, absentSince: now - 599_000 }, {}, now + 2000, 'refused')
      expect(late.after).to.include({ state: 'revoking', problem: 'marker_changed' })
    })

    it('takes it for another one where ours was never known, or was surely deleted', () => {
      expect(decideWith(foreign, undefined, settledRow()).after.proof).to.equal('foreign_object')
      expect(decideWith(foreign, undefined, { ...handedOut, deleteAcceptedAt: now - 1 }).after.proof).to.equal(
        'foreign_object',
      )
    })

    it('takes it for ours as long as an accepted delete may still take its time', () => {
      const deleted = { ...handedOut, deleteAcceptedAt: now - 1, deleteDoneAt: now }
      const after = (login: LoginAfterDelete | undefined, row = deleted) =>
        decide(foreign, row, { deleteConsistency: 'eventual' }, now, login).after
      expect(after(undefined)).to.include({ state: 'revoking', problem: 'marker_changed', stuckSince: now })
      expect(after('accepted')).to.include({ state: 'revoking', problem: 'marker_changed', stuckSince: now })
      expect(after('refused').proof).to.equal('foreign_object')
      expect(decide(foreign, { ...deleted, deleteAcceptedAt: now - 2 }).after.problem).to.equal('marker_changed')
    })

    it('takes nothing for proof while the token is accepted, and calls for somebody', () => {
      const { after, findings } = decideWith({ kind: 'deleted' }, 'accepted')
      expect([after.state, after.problem, after.stuckSince, findings]).to.deep.equal([
        'revoking',
        'still_accepted',
        now,
        ['still_accepted'],
      ])
    })

    it('asks for a login before the token is erased, where logins follow at once', () => {
      const asks = (outcome: DeleteOutcome, row = handedOut, follows = true) =>
        needsLogin(row, outcome, someCapabilities({ loginsFollowAtOnce: follows }), now)
      expect([
        asks({ kind: 'deleted' }),
        asks(foreign),
        asks({ kind: 'deleted' }, handedOut, false),
        asks({ kind: 'deleted' }, { ...handedOut, settlesAt: now + 1 }),
        asks({ kind: 'deleted' }, { ...handedOut, sealedToken: undefined }),
        asks({ kind: 'deleted' }, { ...handedOut, username: undefined }),
        asks({ kind: 'unknown', problem: 'timeout' }),
        asks(foreign, { ...handedOut, settlesAt: now + 1 }),
      ]).to.deep.equal([true, true, false, false, false, false, false, false])
      const expired = { ...handedOut, expiresAt: now - 600_000 }
      const capabilities = someCapabilities({ loginsFollowAtOnce: true, revocable: false })
      expect(needsLogin(expired, { kind: 'not_revocable' }, capabilities, now)).to.equal(false)
    })
  })

  it('reports an object of somebody else under our name, and takes it as absence of ours', () => {
    const { after, events } = decide({ kind: 'absent', evidence: 'foreign_object' })
    expect(after.proof).to.equal('foreign_object')
    expect(events.map((event) => event.metadata['finding'])).to.deep.equal(['foreign_object'])
  })

  it('waits for what cannot be revoked until it has expired, with room for clocks that disagree', () => {
    const given = { revocable: false, maximumLifetimeSeconds: 3600 }
    expect(decide({ kind: 'not_revocable' }, settledRow({ expiresAt: now - 599_000 }), given).after.state).to.equal(
      'revoking',
    )
    expect(decide({ kind: 'not_revocable' }, settledRow({ expiresAt: now - 600_000 }), given).after.proof).to.equal(
      'expired',
    )
  })

  it('never gives up, and says when it is stuck', () => {
    const { after } = decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ tries: 9 }))
    expect(after).to.include({ state: 'revoking', tries: 10, stuckSince: now, lease: undefined })
    expect(after.nextAttemptAt).to.be.within(now + 300_000, now + 375_000)
    expect(decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ tries: 8 })).after.stuckSince).to.equal(
      undefined,
    )
    expect(
      decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ tries: 50, settlesAt: now + 1 })).after.stuckSince,
    ).to.equal(undefined)
  })

  it('asks as late as the vendor asked', () => {
    expect(
      decide({ kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: 600 }).after.nextAttemptAt,
    ).to.equal(now + 600_000)
  })

  it('proves nothing by an answer to a row that nobody held', () => {
    expect(decide({ kind: 'deleted' }, settledRow({ lease: undefined, settlesAt: undefined })).after.state).to.equal(
      'revoking',
    )
  })

  it('proves nothing by a lack of answers, and nothing expired before its time', () => {
    const answers: ReadonlyArray<DeleteOutcome> = [
      { kind: 'absent_unproved' },
      { kind: 'not_revocable' },
      { kind: 'refused', problem: 'quota', firstStep: true },
      { kind: 'unknown', problem: 'timeout' },
      { kind: 'not_sent', problem: 'unreachable' },
    ]
    expect(answers.map((answer) => decide(answer).after.proof)).to.deep.equal(answers.map(() => undefined))
  })

  it('looks at what cannot be revoked when it has expired for everybody, or soon where nobody knows when', () => {
    expect(decide({ kind: 'not_revocable' }, settledRow({ expiresAt: now + 3_600_000 })).after.nextAttemptAt).to.equal(
      now + 4_200_000,
    )
    expect(
      decide({ kind: 'not_revocable' }, settledRow({ expiresAt: now - 599_900, tries: 9 })).after.nextAttemptAt,
    ).to.be.within(now + 300_000, now + 375_000)
    expect(decide({ kind: 'not_revocable' }).after.nextAttemptAt).to.be.within(now + 1000, now + 1250)
    expect(
      decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ expiresAt: now + 3_600_000 })).after.nextAttemptAt,
    ).to.be.within(now + 1000, now + 1250)
  })

  it('takes no announced expiry for the end of what can be revoked', () => {
    const row = settledRow({ expiresAt: now - 86_400_000 })
    expect(decide({ kind: 'absent_unproved' }, row, { revocable: true }).after.state).to.equal('revoking')
    expect(decide({ kind: 'not_revocable' }, row, { revocable: false }).after.proof).to.equal('expired')
  })

  it('never calls stuck what only has to expire', () => {
    expect(decide({ kind: 'not_revocable' }, settledRow({ tries: 50 })).after.stuckSince).to.equal(undefined)
  })

  it('calls a row stuck from the moment it is settled, and remembers since when', () => {
    const stuckSince = (given: Partial<Credential>) =>
      decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ tries: 9, ...given })).after.stuckSince
    expect([
      stuckSince({ settlesAt: now }),
      stuckSince({ settlesAt: undefined }),
      stuckSince({ stuckSince: now - 7 }),
    ]).to.deep.equal([now, now, now - 7])
  })

  it('waits as usual when the settle time has just come', () => {
    expect(decide({ kind: 'absent_unproved' }, settledRow({ settlesAt: now })).after.nextAttemptAt).to.be.within(
      now + 1000,
      now + 1250,
    )
  })

  it('counts no waiting for a shared object, and looks again when it was told to', () => {
    const { after } = decide(
      { kind: 'not_sent', problem: 'object_busy', retryAfterSeconds: 2 },
      settledRow({ tries: 4 }),
    )
    expect(after).to.include({ tries: 4, problem: 'object_busy', nextAttemptAt: now + 2000 })
    expect(decide({ kind: 'absent_unproved' }, settledRow({ tries: 4, problem: 'timeout' })).after).to.include({
      tries: 5,
      problem: undefined,
    })
  })

  it('leaves a trace of what did not succeed, and none of what did', () => {
    const trace = (outcome: DeleteOutcome) =>
      decide(outcome, settledRow({ tries: 3 })).events.map((event) => [event.action, event.outcome, event.metadata])
    expect(trace({ kind: 'unknown', problem: 'timeout' })).to.deep.equal([
      ['revoke', 'unknown', { finding: 'timeout', tries: 4 }],
    ])
    expect(trace({ kind: 'refused', problem: 'quota', firstStep: true })).to.deep.equal([
      ['revoke', 'failure', { finding: 'quota', tries: 4 }],
    ])
    expect(trace({ kind: 'not_sent', problem: 'unreachable' })).to.deep.equal([
      ['revoke', 'failure', { finding: 'unreachable', tries: 4 }],
    ])
    expect(trace({ kind: 'absent', evidence: 'foreign_object' })).to.deep.equal([
      ['revoke', 'failure', { finding: 'foreign_object', tries: 4 }],
    ])
    const quiet: ReadonlyArray<DeleteOutcome> = [
      { kind: 'deleted' },
      { kind: 'absent', evidence: 'listing' },
      { kind: 'absent_unproved' },
      { kind: 'not_revocable' },
    ]
    expect(quiet.map(trace)).to.deep.equal([[], [], [], []])
  })

  it('deletes no cluster that lives, or that nobody knows, with its last row', () => {
    const row = settledRow()
    const rulesIn = (cluster: Cluster | undefined) =>
      rulesOf(
        decideAfterDelete(
          aClusterLedger(cluster, row),
          row,
          { kind: 'deleted' },
          { capabilities: someCapabilities(), cause },
          now,
        ).transitions,
      )
    expect([rulesIn(aCluster()), rulesIn(undefined), rulesIn(aCluster({ state: 'deleting' }))]).to.deep.equal([
      ['C14'],
      ['C14'],
      ['C14', 'K3'],
    ])
  })
})
