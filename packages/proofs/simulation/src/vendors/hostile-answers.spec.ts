import type { Instant } from '@pull-secret/domain'
import { expect } from 'chai'
import { anImaginaryClient } from '../../test/an-imaginary-client.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)
const oneYearSeconds = 31_536_000

const announced = (kind: string): Promise<ReadonlyArray<Instant | undefined>> =>
  Promise.all(
    seeds.map(async (seed) => {
      const outcome = await anImaginaryClient(kind, ['strange_expiry'], seed).create()
      if (outcome.kind !== 'created') throw new Error(`the create was ${outcome.kind}`)
      return outcome.expiresAt
    }),
  )

describe('a hostile answer', () => {
  it('asks for patience of many years, and nothing is created', async () => {
    for (const seed of seeds) {
      const { create, vendor } = anImaginaryClient('quay', ['absurd_retry_after'], seed)
      const outcome = await create()
      expect(outcome).to.include({ kind: 'refused', problem: 'throttled' })
      expect('retryAfterSeconds' in outcome ? outcome.retryAfterSeconds : 0).to.be.greaterThan(30 * oneYearSeconds)
      expect(vendor.present()).to.deep.equal([])
    }
  })

  it('says of what is created that it ended, never ends, or ends at no time at all', async () => {
    const ends = await announced('quay')
    expect(ends.some(Number.isNaN)).to.equal(true)
    expect(ends).to.include(Infinity)
    expect(ends).to.include(0)
  })

  it('says the same of a token that ends by itself', async () => {
    expect(await announced('stateless')).to.include(Infinity)
  })
})
