import { expect } from 'chai'
import { makeSharedAttempt } from './shared-attempt.ts'

const never = new AbortController().signal

const aHangingAttempt = () => {
  let [time, begun] = [0, 0]
  const attempt = (): Promise<never> => {
    begun += 1
    return new Promise<never>(() => undefined)
  }
  const { join } = makeSharedAttempt(attempt, { monotonic: () => time, longestMilliseconds: 100 })
  return { join, begun: () => begun, pass: (milliseconds: number) => (time += milliseconds) }
}

describe('a shared attempt', () => {
  it('is one for all who ask while it is under way, and another afterwards', async () => {
    let begun = 0
    const { join } = makeSharedAttempt(
      () => {
        begun += 1
        return Promise.resolve(begun)
      },
      { monotonic: () => 0, longestMilliseconds: 100 },
    )
    expect(await Promise.all([join(never), join(never)])).to.deep.equal([1, 1])
    expect(await join(never)).to.equal(2)
  })

  it('is left by who gives up, or has given up before', async () => {
    const { join } = aHangingAttempt()
    const patience = new AbortController()
    const joined = join(patience.signal)
    patience.abort('late')
    for (const left of [joined, join(patience.signal)])
      expect(await left.catch((reason: unknown) => reason)).to.equal('late')
  })

  it('is begun again once it is believed to hang', () => {
    const { join, begun, pass } = aHangingAttempt()
    void join(never)
    pass(100)
    void join(never)
    expect(begun()).to.equal(1)
    pass(1)
    void join(never)
    expect(begun()).to.equal(2)
  })
})
