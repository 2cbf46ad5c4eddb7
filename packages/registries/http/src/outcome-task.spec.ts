import { expect } from 'chai'
import { toOutcome } from './outcome-task.ts'

describe('toOutcome', () => {
  it('gives what the work gives', async () => {
    expect(
      await toOutcome(
        async () => 'done',
        () => 'not done',
      )(),
    ).to.equal('done')
  })

  it('turns what was not foreseen into a value without its text', async () => {
    expect(
      await toOutcome<string>(
        () => Promise.reject(new Error('canary')),
        () => 'not done',
      )(),
    ).to.equal('not done')
    expect(
      await toOutcome<string>(
        () => {
          throw new Error('canary')
        },
        () => 'not done',
      )(),
    ).to.equal('not done')
  })
})
