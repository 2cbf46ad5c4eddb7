import { expect } from 'chai'
import { type CallProblem, type Credential, decideAfterValidation, type Validation } from '../index.ts'
import { aCause, aCredential, now } from '../testing/index.ts'

const entry = (given: Partial<Credential> = {}): Credential =>
  aCredential({ state: 'active', nextWork: 'validate', username: 'org+robot', sealedToken: 'sealed', ...given })

const decide = (validation: Validation, row: Credential = entry()) => {
  const { transitions, events } = decideAfterValidation(row, validation, aCause(), now)
  const [note, ...others] = transitions
  if (note?.kind !== 'credential_noted' || others.length > 0) throw new Error('not one note was decided on')
  return { after: note.after, events }
}

const vain = (problem?: CallProblem): Validation => ({ kind: 'indeterminate', problem })
const day = 86_400_000

describe('decide after validation', () => {
  it('is content with what is accepted, and looks no more', () => {
    const refusedBefore = entry({ verdict: 'invalid', tries: 3, problem: 'login_refused', stuckSince: now - 1 })
    for (const row of [entry(), refusedBefore]) {
      const { after, events } = decide({ kind: 'valid' }, row)
      expect(after).to.include({ state: 'active', verdict: 'valid', tries: 0, lease: undefined })
      expect([after.problem, after.stuckSince, after.nextAttemptAt, after.nextWork, events]).to.deep.equal([
        undefined,
        undefined,
        undefined,
        undefined,
        [],
      ])
    }
  })

  it('goes on to the next token where one is to be minted', () => {
    const { after } = decide({ kind: 'valid' }, entry({ refreshAfter: now + 5000 }))
    expect(after).to.include({ nextAttemptAt: now + 5000, nextWork: 'mint' })
    expect(decide({ kind: 'invalid' }, entry({ refreshAfter: now + 5000 })).after.nextWork).to.equal('mint')
  })

  it('calls for somebody when three logins in a row are refused, once, and looks again', () => {
    const first = decide({ kind: 'invalid' })
    expect(first.after).to.include({ tries: 1, nextAttemptAt: now + 300_000, nextWork: 'validate' })
    expect([first.after.verdict, first.after.stuckSince, first.events]).to.deep.equal([undefined, undefined, []])
    const afterVain = decide({ kind: 'invalid' }, decide(vain('timeout'), { ...first.after, tries: 2 }).after)
    expect([afterVain.after.tries, afterVain.after.verdict]).to.deep.equal([1, undefined])
    const third = decide({ kind: 'invalid' }, { ...first.after, tries: 2 })
    expect(third.after).to.include({
      state: 'active',
      verdict: 'invalid',
      problem: 'login_refused',
      stuckSince: now,
      nextAttemptAt: now + 3_600_000,
      nextWork: 'validate',
    })
    expect(third.events.map(({ action, outcome, metadata }) => [action, outcome, metadata])).to.deep.equal([
      ['validate', 'failure', { problem: 'login_refused' }],
    ])
    const fourth = decide({ kind: 'invalid' }, { ...third.after, stuckSince: now - 5 })
    expect([fourth.after.stuckSince, fourth.events]).to.deep.equal([now - 5, []])
  })

  it('asks ever more rarely where it gets neither yes nor no, and calls for nobody', () => {
    const early = decide(vain('unreachable'))
    expect([early.after.verdict, early.after.problem, early.after.tries]).to.deep.equal([undefined, undefined, 1])
    expect(early.after.nextAttemptAt).to.be.within(now + 1000, now + 1250)
    const verdicts = [8, 9].map((tries) => decide(vain(), entry({ tries })).after.verdict)
    expect(verdicts).to.deep.equal([undefined, 'indeterminate'])
    const late = decide(vain(), entry({ tries: 30 })).after
    expect([late.verdict, late.stuckSince]).to.deep.equal(['indeterminate', undefined])
    expect(late.nextAttemptAt).to.be.within(now + day, now + 1.25 * day)
  })

  it('keeps a verdict until there is another', () => {
    const invalid = entry({ verdict: 'invalid', tries: 3, problem: 'login_refused', stuckSince: now - 1 })
    expect(decide(vain('timeout'), invalid).after).to.include({ verdict: 'invalid', problem: 'login_refused' })
  })

  it('does not count what was not our turn', () => {
    for (const problem of ['budget_spent', 'circuit_open', 'deadline_passed'] as const)
      expect(decide(vain(problem), entry({ tries: 2 })).after).to.include({ tries: 2, nextAttemptAt: now + 60_000 })
  })
})
