import type { RegistryClient } from '@pull-secret/domain'
import { expect } from 'chai'
import type { FaultKind } from '../faults.ts'
import { makeRandom } from '../random.ts'
import { makeReplica } from '../replica.ts'
import { makeScheduler } from '../scheduler.ts'
import { silentTimeline } from '../timeline.ts'
import { makeImaginaryAdapter } from './imaginary-adapter.ts'
import { makeImaginaryVendor } from './imaginary-vendor.ts'
import { outageMilliseconds } from './outages.ts'
import { knobsOf } from './vendor-knobs.ts'

const eightHours = 28_800_000

const open = (faults: Array<FaultKind | undefined>) => {
  const scheduler = makeScheduler()
  const vendor = makeImaginaryVendor({
    knobs: knobsOf('quay'),
    clockErrorMilliseconds: 0,
    now: scheduler.now,
    drawToken: () => 'a token',
    chance: () => 0.9,
  })
  const client = makeImaginaryAdapter({
    registryId: 'quay',
    vendor,
    epoch: 0,
    replica: makeReplica('one', scheduler),
    takeName: () => undefined,
    network: { scheduler, random: makeRandom(1), timeline: silentTimeline, faultAt: () => faults.shift() },
  })
  const ask = async <A>(task: () => Promise<A>): Promise<A> => {
    let answer: A | undefined
    void task().then((value) => {
      answer = value
    })
    await scheduler.runUntil(() => answer !== undefined)
    return answer as A
  }
  const create = (): ReturnType<ReturnType<RegistryClient['createCredential']>> =>
    ask(client.createCredential({ vendorName: 'robot', marker: 'ours', deadline: scheduler.now() + 25_000 }))
  return { vendor, create, scheduler }
}

describe('a vendor that cannot be reached', () => {
  it('is sent nothing until it can be reached again', async () => {
    const { vendor, create, scheduler } = open(['unreachable'])
    expect(await create()).to.deep.equal({ kind: 'not_sent', problem: 'unreachable' })
    expect(await create()).to.deep.equal({ kind: 'not_sent', problem: 'unreachable' })
    expect(vendor.present()).to.deep.equal([])
    await scheduler.advance(vendor.outages.endsAt() - scheduler.now())
    expect(await create()).to.include({ kind: 'created' })
  })

  it('leaves unknown what became of a call whose first request went through', async () => {
    const { vendor, create } = open([undefined, 'untrusted_certificate'])
    expect(await create()).to.deep.equal({
      kind: 'unknown',
      problem: 'untrusted_certificate',
      vendorId: vendor.present()[0]?.vendorId,
    })
    expect(vendor.present()).to.have.length(1)
  })

  it('comes back after a second at the least and eight hours at the most', () => {
    const random = makeRandom(3)
    const lengths = Array.from({ length: 2000 }, () => outageMilliseconds(random))
    expect(Math.min(...lengths)).to.be.within(1000, 2000)
    expect(Math.max(...lengths)).to.be.within(eightHours / 2, eightHours)
  })
})
