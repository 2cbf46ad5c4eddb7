import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandOperations } from '../operations/operations.ts'
import { askInTime } from './ask-in-time.ts'

const failure = (code: string, retryAfterSeconds?: number) =>
  E.left({ code, exit: 'unavailable', message: 'not now', retryAfterSeconds } as const)

describe('a rollout that asks', () => {
  it('is held up where it asked too often just before, and told of anything else', async () => {
    const answers = [failure('RATE_LIMIT_EXCEEDED', 7), failure('RATE_LIMIT_EXCEEDED'), failure('SERVICE_UNAVAILABLE')]
    const sleeps: Array<number> = []
    const perform = (() => Promise.resolve(answers.shift())) as unknown as CommandOperations['perform']
    const sleep = (milliseconds: number) => Promise.resolve(void sleeps.push(milliseconds))
    const answer = await askInTime({ perform }, { sleep })('listReplicas', { parameters: {} })
    expect([E.isLeft(answer) && answer.left.code, sleeps]).to.deep.equal(['SERVICE_UNAVAILABLE', [7000, 1000]])
  })
})
