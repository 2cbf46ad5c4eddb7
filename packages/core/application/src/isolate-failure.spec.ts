import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { isolateFailure } from './isolate-failure.ts'

describe('isolate failure', () => {
  it('lets unexpected work fail alone, and tells what kind of error it was but not its text', async () => {
    const { logger, lines } = makeNotedLogger()
    const broken = (reason: unknown) => isolateFailure(logger, 'a create')(() => Promise.reject(reason as Error))()
    const failure = E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 })
    expect([await broken(new TypeError('secret')), await broken('secret')]).to.deep.equal([failure, failure])
    expect(lines).to.deep.equal([
      ['error', 'a create ended unexpectedly', { error_type: 'TypeError' }],
      ['error', 'a create ended unexpectedly', { error_type: 'unknown' }],
    ])
  })

  it('leaves alone what fails or succeeds as expected', async () => {
    const { logger, lines } = makeNotedLogger()
    expect(await isolateFailure(logger, 'a create')(TE.left('refused'))()).to.deep.equal(E.left('refused'))
    expect(await isolateFailure(logger, 'a create')(TE.right(3))()).to.deep.equal(E.right(3))
    expect(lines).to.deep.equal([])
  })
})
