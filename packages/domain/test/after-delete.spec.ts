import { expect } from 'chai'
import { decideAfterDelete, type Credential, type DeleteOutcome, type RegistryCapabilities } from '../src/index.ts'
import { aCluster, aCredential, aLedger, capabilities, cause, now } from './builders.ts'

const settledRow = (given: Partial<Credential> = {}): Credential => aCredential({ state: 'revoking', sealedToken: 'sealed', settlesAt: now - 1, ...given })

const decide = (outcome: DeleteOutcome, row: Credential = settledRow(), given: Partial<RegistryCapabilities> = {}, at = now) => {
  const { transitions, events } = decideAfterDelete(aLedger(aCluster({ state: 'deleting' }), row), row, outcome, { capabilities: capabilities(given), cause }, at)
  const [first] = transitions
  if (first?.kind !== 'credential_moved' && first?.kind !== 'credential_noted') throw new Error('no row was written')
  return { after: first.after, rules: transitions.map((transition) => ('rule' in transition ? transition.rule : transition.kind)), events }
}

describe('what a vendor answers to a delete', () => {
  it('proves a revocation, erases the token, and ends the deletion of the cluster with its last row', () => {
    const { after, rules } = decide({ kind: 'deleted' })
    expect(after).to.include({ state: 'revoked', proof: 'delete_accepted', sealedToken: undefined, nextAttemptAt: undefined })
    expect(rules).to.deep.equal(['C14', 'K3'])
  })

  it('proves nothing while a request of ours may still land, however certain the answer', () => {
    const row = settledRow({ settlesAt: now + 10_000 })
    const answers: ReadonlyArray<DeleteOutcome> = [{ kind: 'deleted' }, { kind: 'absent', evidence: 'listing' }, { kind: 'absent', evidence: 'foreign_object' }]
    expect(answers.map((answer) => decide(answer, row).after.state)).to.deep.equal(['revoking', 'revoking', 'revoking'])
  })

  it('counts the moment of sending, not of the answer', () => {
    const row = settledRow({ settlesAt: now + 500, lease: { attemptId: 'a', takenAt: now, expiresAt: now + 30_000 } })
    expect(decide({ kind: 'deleted' }, row, {}, now + 1000).after.state).to.equal('revoking')
    expect(decide({ kind: 'deleted' }, { ...row, lease: { attemptId: 'a', takenAt: now + 500, expiresAt: now + 30_000 } }, {}, now + 1000).after.state).to.equal('revoked')
  })

  it('tries again at the settle time at the latest', () => {
    expect(decide({ kind: 'deleted' }, settledRow({ settlesAt: now + 400, revocations: 9 })).after.nextAttemptAt).to.equal(now + 400)
  })

  it('takes an accepted delete as proof only where deletes are strongly consistent and names unique', () => {
    expect(decide({ kind: 'deleted' }, settledRow(), { deleteConsistency: 'eventual' }).after.state).to.equal('revoking')
    expect(decide({ kind: 'deleted' }, settledRow(), { uniqueNames: false }).after.state).to.equal('revoking')
  })

  it('takes absence as proof only with evidence, and with a listing where names are not unique', () => {
    expect(decide({ kind: 'absent', evidence: 'controlled_read' }).after.proof).to.equal('controlled_read')
    expect(decide({ kind: 'absent', evidence: 'controlled_read' }, settledRow(), { uniqueNames: false }).after.state).to.equal('revoking')
    expect(decide({ kind: 'absent', evidence: 'listing' }, settledRow(), { uniqueNames: false }).after.proof).to.equal('listing')
    expect(decide({ kind: 'absent_unproved' }).after.state).to.equal('revoking')
  })

  it('reports an object of somebody else under our name, and takes it as absence of ours', () => {
    const { after, events } = decide({ kind: 'absent', evidence: 'foreign_object' })
    expect(after.proof).to.equal('foreign_object')
    expect(events.map((event) => event.metadata['finding'])).to.deep.equal(['foreign_object'])
  })

  it('waits for what cannot be revoked until it has expired, with room for clocks that disagree', () => {
    const given = { revocable: false, maximumLifetimeSeconds: 3600 }
    expect(decide({ kind: 'not_revocable' }, settledRow({ expiresAt: now - 599_000 }), given).after.state).to.equal('revoking')
    expect(decide({ kind: 'not_revocable' }, settledRow({ expiresAt: now - 600_000 }), given).after.proof).to.equal('expired')
  })

  it('never gives up, and says when it is stuck', () => {
    const { after } = decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ revocations: 9 }))
    expect(after).to.include({ state: 'revoking', revocations: 10, stuckSince: now, lease: undefined })
    expect(after.nextAttemptAt).to.be.within(now + 300_000, now + 375_000)
    expect(decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ revocations: 8 })).after.stuckSince).to.equal(undefined)
    expect(decide({ kind: 'unknown', problem: 'timeout' }, settledRow({ revocations: 50, settlesAt: now + 1 })).after.stuckSince).to.equal(undefined)
  })

  it('asks as late as the vendor asked', () => {
    expect(decide({ kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: 600 }).after.nextAttemptAt).to.equal(now + 600_000)
  })
})
