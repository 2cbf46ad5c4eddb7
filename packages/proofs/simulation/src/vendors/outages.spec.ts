import { expect } from 'chai'
import { anImaginaryClient } from '../../test/an-imaginary-client.ts'
import { makeRandom } from '../random.ts'
import { outageMilliseconds } from './outages.ts'

const eightHours = 28_800_000

describe('a vendor that cannot be reached', () => {
  it('is sent nothing until it can be reached again', async () => {
    const { vendor, create, scheduler } = anImaginaryClient('quay', ['unreachable'])
    expect(await create()).to.deep.equal({ kind: 'not_sent', problem: 'unreachable' })
    expect(await create()).to.deep.equal({ kind: 'not_sent', problem: 'unreachable' })
    expect(vendor.present()).to.deep.equal([])
    await scheduler.advance(vendor.outages.endsAt() - scheduler.now())
    expect(await create()).to.include({ kind: 'created' })
  })

  it('leaves unknown what became of a call whose first request went through', async () => {
    const { vendor, create } = anImaginaryClient('quay', [undefined, 'untrusted_certificate'])
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
