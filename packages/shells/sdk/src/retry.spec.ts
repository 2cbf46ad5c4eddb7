import { expect } from 'chai'
import { PullSecretError } from './pull-secret-error.ts'
import { makeRetry } from './retry.ts'

const passing = new PullSecretError('SERVICE_UNAVAILABLE', 'later')
const never = new AbortController().signal

const delaysOf = async (random: number, retries: number, error: Error = passing): Promise<ReadonlyArray<number>> => {
  const delays: Array<number> = []
  const retry = makeRetry({
    retries,
    firstDelayMilliseconds: 1000,
    random: () => random,
    sleep: async (milliseconds) => void delays.push(milliseconds),
  })
  await retry(() => Promise.reject(error), never).catch(() => undefined)
  return delays
}

describe('repeating', () => {
  it('spreads clients over half of each delay, which doubles up to half a minute', async () => {
    expect(await delaysOf(0, 7)).to.deep.equal([500, 1000, 2000, 4000, 8000, 15_000, 15_000])
    expect(await delaysOf(1, 7)).to.deep.equal([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  })

  it('never returns sooner than asked', async () => {
    const asked = new PullSecretError('SERVICE_UNAVAILABLE', 'later', { retryAfterSeconds: 10 })
    expect([await delaysOf(0, 1, asked), await delaysOf(1, 1, asked)]).to.deep.equal([[10_000], [11_000]])
  })

  it('repeats nothing that another attempt would not cure', async () => {
    expect(await delaysOf(0, 3, new PullSecretError('NOT_FOUND', 'never'))).to.deep.equal([])
    expect(await delaysOf(0, 3, new Error('a bug'))).to.deep.equal([])
  })

  it('does not wait when no attempt will follow', async () => {
    expect(await delaysOf(0, 0)).to.deep.equal([])
  })
})
