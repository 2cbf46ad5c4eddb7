import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { anImaginaryClient } from '../../test/an-imaginary-client.ts'
import { makeRandom } from '../random.ts'
import { type Backends, makeBackends } from './backends.ts'

const shown = (backends: Backends, requests = 200): ReadonlyArray<number> =>
  Array.from({ length: requests }, () => backends.momentShown())

const open = (count: number) => {
  const clock = { now: 10_000 }
  return { clock, backends: makeBackends({ count, now: () => clock.now, chance: makeRandom(1).next }) }
}

describe('a backend that is stuck', () => {
  it('answers the next request for certain, and further ones now and then, until its time is over', () => {
    const { clock, backends } = open(1)
    expect(new Set(shown(backends))).to.deep.equal(new Set([10_000]))
    backends.getStuck(4000, 60_000)
    const moments = shown(backends)
    expect(moments[0]).to.equal(4000)
    expect(new Set(moments)).to.deep.equal(new Set([4000, 10_000]))
    clock.now = 70_000
    expect(new Set(shown(backends))).to.deep.equal(new Set([70_000]))
  })

  it('is there once', () => {
    const { clock, backends } = open(1)
    backends.getStuck(4000, 1000)
    clock.now = 20_000
    backends.getStuck(4000, 60_000)
    expect(new Set(shown(backends))).to.deep.equal(new Set([20_000]))
  })

  it('answers one request in so many for good where a vendor has one', () => {
    const { clock, backends } = open(4)
    clock.now = 36_000_000
    const stuck = shown(backends, 4000).filter((moment) => moment < clock.now)
    expect(stuck.length).to.be.within(800, 1200)
    backends.repair()
    expect(new Set(shown(backends))).to.deep.equal(new Set([36_000_000]))
  })

  it('does not show what was created since, although it is there', async () => {
    const { client, vendor, scheduler, ask, create } = anImaginaryClient('rhit', [undefined, 'stale_backend'])
    await create()
    const read = client.getCredential({ vendorName: 'robot', marker: 'ours', terms: until(scheduler.now() + 25_000) })
    expect(await ask(read)).to.deep.equal({ kind: 'absent', controlled: false })
    expect(vendor.present()).to.have.length(1)
  })

  it('is none where nobody stands between the service and the vendor', async () => {
    const { client, scheduler, ask, create } = anImaginaryClient('direct', [undefined, undefined, 'stale_backend'])
    await create()
    const read = client.getCredential({ vendorName: 'robot', marker: 'ours', terms: until(scheduler.now() + 25_000) })
    expect(await ask(read)).to.include({ kind: 'found' })
  })
})
