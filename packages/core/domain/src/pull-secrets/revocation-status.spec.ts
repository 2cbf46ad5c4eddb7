import { expect } from 'chai'
import { type Credential, revocationStatuses } from '../index.ts'
import { aCredential, now } from '../testing/index.ts'

const revoking = (given: Partial<Credential> = {}): Credential =>
  aCredential({ state: 'revoking', lease: undefined, settlesAt: now + 1000, tries: 1, ...given })
const statusOf = (...rows: ReadonlyArray<Credential>) => revocationStatuses(rows, [], now)[0]

describe('revocation status', () => {
  it('is one entry per registry that had something to revoke, in the order of their names', () => {
    const remaining = [revoking({ registryId: 'rhit' }), revoking({ id: 'b', registryId: 'quay', problem: 'timeout' })]
    expect(revocationStatuses(remaining, [revoking({ registryId: 'acr' }), ...remaining], now)).to.deep.equal([
      { registryId: 'acr', status: 'revoked', stuck: false },
      { registryId: 'quay', status: 'revoking', settlesAt: undefined, problem: 'timeout', stuck: false },
      { registryId: 'rhit', status: 'settling', settlesAt: now + 1000, problem: undefined, stuck: false },
    ])
  })

  it('is settling until the last row settles, once every row was asked about', () => {
    expect(statusOf(revoking(), revoking({ settlesAt: now + 5000 }), revoking({ settlesAt: undefined }))).to.include({
      status: 'settling',
      settlesAt: now + 5000,
    })
    expect(statusOf(revoking(), revoking({ tries: 0 }))).to.include({ status: 'revoking', settlesAt: undefined })
  })

  it('is revoking again when the settle time has come, was never set, or something is in the way', () => {
    expect(statusOf(revoking({ settlesAt: now }))).to.include({ status: 'revoking' })
    expect(statusOf(revoking({ settlesAt: undefined }))).to.include({ status: 'revoking', settlesAt: undefined })
    expect(statusOf(revoking(), revoking({ problem: 'quota' }))).to.include({
      status: 'revoking',
      settlesAt: undefined,
      problem: 'quota',
    })
  })

  it('is stuck as soon as one row is', () => {
    expect(statusOf(revoking(), revoking({ stuckSince: now - 1 }))?.stuck).to.equal(true)
    expect(statusOf(revoking())?.stuck).to.equal(false)
  })
})
