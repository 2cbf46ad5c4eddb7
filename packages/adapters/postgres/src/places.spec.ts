import { expect } from 'chai'
import { makePlaces, NoPlaceFree } from './places.ts'

const forEver = 2 ** 31 - 1

describe('places for work', () => {
  it('let so much begin as there are places, and the rest in the order in which it came', async () => {
    const { take } = makePlaces({ count: 2, longestWaitMilliseconds: forEver })
    const begun: Array<number> = []
    const ends: Array<() => void> = []
    const work = (index: number) =>
      take(() => {
        begun.push(index)
        return new Promise<number>((resolve) => {
          ends.push(() => {
            resolve(index)
          })
        })
      })
    const all = Promise.all([0, 1, 2, 3].map(work))
    expect(begun).to.deep.equal([0, 1])
    for (const expected of [
      [0, 1, 2],
      [0, 1, 2, 3],
    ]) {
      ends.shift()?.()
      await new Promise(setImmediate)
      expect(begun).to.deep.equal(expected)
    }
    ends.forEach((end) => {
      end()
    })
    expect(await all).to.deep.equal([0, 1, 2, 3])
  })

  it('are given back by work that fails', async () => {
    const { take } = makePlaces({ count: 1, longestWaitMilliseconds: forEver })
    const failed = take(() => Promise.reject(new Error('broken')))
    const after = take(() => Promise.resolve('done'))
    expect(await failed.catch((error: unknown) => (error as Error).message)).to.equal('broken')
    expect(await after).to.equal('done')
    expect(await take(() => Promise.resolve('again'))).to.equal('again')
  })

  it('are refused to who waited too long, whose work is never begun', async () => {
    const { take } = makePlaces({ count: 1, longestWaitMilliseconds: 1 })
    let end: () => void = () => undefined
    const first = take(
      () =>
        new Promise<void>((resolve) => {
          end = resolve
        }),
    )
    let isBegun = false
    const late = take(() => {
      isBegun = true
      return Promise.resolve()
    })
    expect(await late.catch((error: unknown) => error)).to.be.instanceOf(NoPlaceFree)
    end()
    await first
    expect(await take(() => Promise.resolve('served'))).to.equal('served')
    expect(isBegun).to.equal(false)
  })
})
