import { expect } from 'chai'
import { sharedTask } from './shared-task.ts'

describe('a shared task', () => {
  it('runs once for all who ask in the same turn, though it would end at once', async () => {
    let runs = 0
    const task = sharedTask(() => Promise.resolve((runs += 1)))
    const first = task()
    for (let step = 0; step < 10; step += 1) await Promise.resolve()
    expect(await Promise.all([first, task()])).to.deep.equal([1, 1])
    expect(await task()).to.equal(2)
  })

  it('fails for all who asked, and runs again for who asks next', async () => {
    let runs = 0
    const task = sharedTask(() => {
      runs += 1
      return runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve(runs)
    })
    const outcomes = await Promise.allSettled([task(), task()])
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    expect(await task()).to.equal(2)
  })
})
