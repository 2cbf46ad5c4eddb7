import { expect } from 'chai'
import { aCredential, aRegistry, now } from '../testing/index.ts'
import { nextOfEntry, nextOfNewEntry } from './entry-work.ts'

describe('the next work of an entry', () => {
  it('is whatever comes first: a newer token or a look at the present one', () => {
    expect([
      nextOfEntry({ refreshAfter: now + 2 }, now + 1),
      nextOfEntry({ refreshAfter: now + 1 }, now + 2),
      nextOfEntry({ refreshAfter: now + 1 }, undefined),
      nextOfEntry({}, now + 1),
      nextOfEntry({}, undefined),
    ]).to.deep.equal([
      { nextAttemptAt: now + 1, nextWork: 'validate' },
      { nextAttemptAt: now + 1, nextWork: 'mint' },
      { nextAttemptAt: now + 1, nextWork: 'mint' },
      { nextAttemptAt: now + 1, nextWork: 'validate' },
      { nextAttemptAt: undefined, nextWork: undefined },
    ])
  })

  it('is a look once the registry must accept it, where the registry is known', () => {
    const registry = aRegistry('quay', { capabilities: { settleSeconds: 30 } })
    expect(nextOfNewEntry(aCredential(), registry, now)).to.deep.equal({
      nextAttemptAt: now + 30_000,
      nextWork: 'validate',
    })
    expect(nextOfNewEntry(aCredential(), undefined, now).nextWork).to.equal(undefined)
  })
})
