import { expect } from 'chai'
import { startLoop } from './loop.ts'

describe('a loop', () => {
  const world = () => {
    const ends: Array<() => void> = []
    let tick = (): void => undefined
    let scheduled = true
    const loop = startLoop(
      () =>
        new Promise((resolve) => {
          ends.push(resolve)
        }),
      (work) => {
        tick = work
        return () => {
          scheduled = false
        }
      },
    )
    return {
      loop,
      ends,
      tick: () => {
        tick()
      },
      isScheduled: () => scheduled,
    }
  }

  it('runs its task one run at a time', async () => {
    const { ends, tick } = world()
    tick()
    tick()
    expect(ends).to.have.length(1)
    ends[0]?.()
    await new Promise(setImmediate)
    tick()
    expect(ends).to.have.length(2)
  })

  it('stops, and waits for the run under way', async () => {
    const { loop, ends, tick, isScheduled } = world()
    tick()
    let stopped = false
    const stopping = loop.stop().then(() => {
      stopped = true
    })
    await new Promise(setImmediate)
    expect([isScheduled(), stopped]).to.deep.equal([false, false])
    ends[0]?.()
    await stopping
  })

  it('stops at once when nothing runs', () => world().loop.stop())
})
