import { expect } from 'chai'
import type { Route } from '../http/route.ts'
import { makeApiLimiter, quayIoLimit } from './api-limit.ts'

describe('the limit of the Quay simulator', () => {
  const ok = { status: 200, headers: {}, body: '' }
  const route: Route = { operation: 'getRobot', method: 'GET', path: '/', act: () => ok }

  it('lets a burst through, then as many as it allows each second', () => {
    let now = 0
    const limiter = makeApiLimiter(quayIoLimit, () => now)
    const { act } = limiter.limited(route)
    const statuses = (count: number) =>
      Array.from({ length: count }, () => act({} as never, {}).status).filter((status) => status === 200).length
    expect(statuses(40)).to.equal(26)
    now += 1000
    expect(statuses(40)).to.equal(5)
    now += 3_600_000
    expect(statuses(40)).to.equal(26)
    expect(limiter.turnedAway()).to.equal(14 + 35 + 14)
    const times = limiter.admitted()
    expect([times.length, times.filter((at) => at === 1000).length, times.at(-1)]).to.deep.equal([57, 5, 3_601_000])
  })

  it('answers a page without a time to wait', () => {
    const { act } = makeApiLimiter({ perSecond: 1, burst: 0 }, () => 0).limited(route)
    act({} as never, {})
    const { status, headers, body } = act({} as never, {})
    expect([status, headers]).to.deep.equal([429, { 'content-type': 'text/html' }])
    expect(body).to.include('429 Too Many Requests')
  })

  it('is none unless it is asked for', () => {
    const { limited, turnedAway, admitted } = makeApiLimiter(undefined)
    expect([limited(route), turnedAway(), admitted()]).to.deep.equal([route, 0, []])
  })
})
