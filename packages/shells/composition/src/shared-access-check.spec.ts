import type { AccessCheck } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { sharedAccessCheck } from './shared-access-check.ts'

describe('a shared check of the access to a registry', () => {
  it('asks once for all who ask at the same time, and again only when five seconds have passed', async () => {
    let [now, asked] = [0, 0]
    const check = sharedAccessCheck(
      () => () => {
        asked += 1
        return Promise.resolve<AccessCheck>(
          asked === 1 ? { kind: 'failing', problem: 'throttled' } : { kind: 'working' },
        )
      },
      { monotonic: () => now },
    )
    const together = await Promise.all([check(until(9))(), check(until(9))(), check(until(9))()])
    expect([together.map(({ kind }) => kind), asked]).to.deep.equal([['failing', 'failing', 'failing'], 1])
    now = 4_999
    expect([(await check(until(9))()).kind, asked]).to.deep.equal(['failing', 1])
    now = 5_000
    expect([(await check(until(9))()).kind, asked]).to.deep.equal(['working', 2])
  })
})
