import { expect } from 'chai'
import {
  type CallProblem,
  type Credential,
  decideAfterCreate,
  decideAfterDelete,
  type NotSentOutcome,
  type Transition,
} from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now } from '../testing/index.ts'

const cause = aCause()
const registry = aRegistry()
const hour = 3_600_000

const afterOf = ([transition]: ReadonlyArray<Transition>): Credential => {
  if (transition?.kind !== 'credential_noted') throw new Error('the row was not noted')
  return transition.after
}

const notSent = (problem: CallProblem): NotSentOutcome => ({ kind: 'not_sent', problem })

type State = 'intended' | 'revoking'

const failOnce = (row: Credential, problem: CallProblem, at: number) => {
  const ledger = aClusterLedger(aCluster(), row)
  return row.state === 'intended'
    ? decideAfterCreate(ledger, row, notSent(problem), { registry, registries: [registry], cause }, at)
    : decideAfterDelete(ledger, row, notSent(problem), { capabilities: registry.client.capabilities, cause }, at)
}

/** Tries a row whenever it is due, for as long as a vendor answers nobody. */
const outage = (state: State, lastsMilliseconds: number, problemOf: (tries: number) => CallProblem) => {
  let row = aCredential({ state, attempts: 1, tries: 0, settlesAt: now - 1 })
  let at = now
  let rounds = 0
  const told: Array<number> = []
  while (at < now + lastsMilliseconds) {
    rounds += 1
    const { transitions, events } = failOnce({ ...row, attempts: 1 }, problemOf(rounds), at)
    told.push(...events.map(() => rounds))
    row = afterOf(transitions)
    at = row.nextAttemptAt ?? Infinity
  }
  return { row, rounds, told }
}

for (const state of ['intended', 'revoking'] as const)
  describe(`the patience with an ${state === 'intended' ? 'unfinished create' : 'unproved revocation'}`, () => {
    it('grows with what was never sent: an hour without a vendor costs few tries and fewer records', () => {
      const { rounds, told } = outage(state, hour, () => 'unreachable')
      expect(rounds).to.be.within(12, 25)
      expect(told).to.deep.equal([1, 2, 4, 8, 16])
    })

    it('tells of a problem that is another than before', () => {
      const { told } = outage(state, hour / 10, (tries) => (tries === 3 ? 'untrusted_certificate' : 'unreachable'))
      expect(told.slice(0, 4)).to.deep.equal([1, 2, 3, 4])
    })

    it('ends in a call for somebody, who sees since when and why', () => {
      const { row } = outage(state, hour, () => 'file_unusable')
      expect(row.problem).to.equal('file_unusable')
      expect(row.stuckSince).to.be.within(now, now + hour)
    })

    it('is not used up by our own waiting, which tells nothing and hides nothing', () => {
      const row = aCredential({ state, attempts: 1, tries: 4, problem: 'unreachable', settlesAt: now - 1 })
      for (const problem of [
        'object_busy',
        'deadline_passed',
        'budget_spent',
        'budget_unavailable',
        'circuit_open',
      ] as const) {
        const { transitions, events } = failOnce(row, problem, now)
        expect([afterOf(transitions).tries, afterOf(transitions).problem, events]).to.deep.equal([4, 'unreachable', []])
      }
    })
  })

describe('what a registry announces', () => {
  const created = (given: object) =>
    decideAfterCreate(
      aClusterLedger(aCluster(), aCredential()),
      aCredential(),
      { kind: 'created', username: 'robot', sealedToken: 'sealed', ...given },
      { registry, registries: [], cause },
      now,
    ).transitions

  const keptOf = ([transition]: ReadonlyArray<Transition>) =>
    transition?.kind === 'credential_moved' ? transition.after.expiresAt : undefined

  const latest = Date.parse('9999-12-31T00:00:00Z')

  for (const [announced, kept] of [
    [8_640_000_000_000_000, latest],
    [Infinity, latest],
    [-1, 0],
    [Number.NaN, 0],
    [now + 0.5, now + 1],
  ] as const)
    it(`is kept within what every store knows: ${String(announced)}`, () => {
      expect(keptOf(created({ expiresAt: announced }))).to.equal(kept)
    })

  it('delays no next try by more than an hour', () => {
    for (const seconds of [999_999_999, Infinity, 8_640_000_000_000]) {
      const outcome = { kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: seconds } as const
      const row = aCredential({ state: 'revoking', settlesAt: undefined })
      const afterDelete = decideAfterDelete(
        aClusterLedger(aCluster(), row),
        row,
        outcome,
        { capabilities: registry.client.capabilities, cause },
        now,
      )
      const afterCreate = decideAfterCreate(
        aClusterLedger(aCluster(), aCredential()),
        aCredential(),
        outcome,
        { registry, registries: [], cause },
        now,
      )
      expect([
        afterOf(afterDelete.transitions).nextAttemptAt,
        afterOf(afterCreate.transitions).nextAttemptAt,
      ]).to.deep.equal([now + hour, now + hour])
    }
  })

  it('that is no number delays nothing', () => {
    const outcome = { kind: 'not_sent', problem: 'throttled', retryAfterSeconds: Number.NaN } as const
    const { transitions } = decideAfterCreate(
      aClusterLedger(aCluster(), aCredential()),
      aCredential(),
      outcome,
      { registry, registries: [], cause },
      now,
    )
    expect(afterOf(transitions).nextAttemptAt).to.be.within(now + 1000, now + 1250)
  })
})
