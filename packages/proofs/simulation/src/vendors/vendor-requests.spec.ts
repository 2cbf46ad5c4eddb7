import { secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { anImaginaryClient } from '../../test/an-imaginary-client.ts'

describe('a login at an imaginary vendor', () => {
  it('says yes or no, and neither when its answer is lost', async () => {
    const { client, scheduler, ask, create, vendor } = anImaginaryClient('caller-secret', [
      undefined,
      undefined,
      undefined,
      'answer_lost',
    ])
    await create()
    const [object] = vendor.present()
    const login = (token: string) =>
      ask(
        client.validateCredential({
          username: object?.username ?? '',
          token: secretText(token),
          terms: until(scheduler.now() + 25_000),
        }),
      )
    expect(await login(object?.token ?? '')).to.deep.equal({ kind: 'valid' })
    expect(await login('another')).to.deep.equal({ kind: 'invalid' })
    expect(await login(object?.token ?? '')).to.deep.equal({ kind: 'indeterminate', problem: 'connection_lost' })
  })
})

describe('a request that lands late', () => {
  const sentLate = async (seed: number) => {
    const opened = anImaginaryClient('quay', ['lands_late'], seed)
    await opened.create()
    return opened
  }
  const seeds = Array.from({ length: 20 }, (_, seed) => seed)
  const landed = async (jumpedMilliseconds: number): Promise<number> => {
    let count = 0
    for (const seed of seeds) {
      const { scheduler, vendor, jump } = await sentLate(seed)
      jump(jumpedMilliseconds)
      await scheduler.advance(3_600_000)
      count += vendor.present().length
    }
    return count
  }

  it('is lost where the clock of the database showed before that its time was over', async () => {
    expect(await landed(0)).to.equal(seeds.length)
    expect(await landed(300_000)).to.be.within(1, seeds.length - 5)
    expect(await landed(930_000)).to.equal(0)
  })
})

describe('an imaginary vendor that takes its time', () => {
  const deadline = 25_000

  it('shows what there is when it has caught up', async () => {
    const { vendor, ask, client, create } = anImaginaryClient('lagging', [])
    await create()
    const read = client.getCredential({ vendorName: 'robot', marker: 'ours', terms: until(deadline) })
    expect(await ask(read)).to.include({ kind: 'absent' })
    vendor.catchUp()
    expect(await ask(read)).to.include({ kind: 'found' })
  })

  it('has done what it was asked for when it has caught up', async () => {
    const { vendor, ask, client, create } = anImaginaryClient('long-running', [])
    const created = create()
    await ask(() => Promise.resolve())
    expect(vendor.present()).to.have.length(0)
    vendor.catchUp()
    expect(vendor.present()).to.have.length(1)
    await created
    await ask(client.deleteCredential({ vendorName: 'robot', marker: 'ours', terms: until(deadline) }))
    expect(vendor.present()).to.have.length(1)
    vendor.catchUp()
    expect(vendor.present()).to.have.length(0)
  })
})

describe('an object whose description somebody changed', () => {
  it('is found by its recorded id where names are not unique', async () => {
    const { vendor, ask, client, create, scheduler } = anImaginaryClient('one-shot-twins', [])
    await create()
    vendor.catchUp()
    const [object] = vendor.present()
    if (object === undefined) throw new Error('nothing was created')
    object.marker = 'a note of somebody'
    const remove = (vendorId?: string) =>
      ask(
        client.deleteCredential({
          vendorName: 'robot',
          marker: 'ours',
          vendorId,
          terms: until(scheduler.now() + 25_000),
        }),
      )
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'listing' })
    expect(await remove(object.vendorId)).to.deep.equal({ kind: 'deleted' })
    expect(vendor.present()).to.deep.equal([])
  })
})
