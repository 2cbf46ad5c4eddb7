import { expect } from 'chai'
import { retryAfterSeconds } from './retry-after.ts'

describe('retryAfterSeconds', () => {
  const now = Date.UTC(2026, 0, 1)

  it('reads seconds and dates', () => {
    expect(retryAfterSeconds(' 120 ', now)).to.equal(120)
    expect(retryAfterSeconds('Thu, 01 Jan 2026 00:00:30 GMT', now)).to.equal(30)
  })

  it('waits not at all for a date that has passed', () => {
    expect(retryAfterSeconds('Wed, 31 Dec 2025 23:59:00 GMT', now)).to.equal(0)
  })

  it('knows nothing where nothing is said, or nonsense', () => {
    expect([undefined, '', 'soon', '9'.repeat(20)].map((value) => retryAfterSeconds(value, now))).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
