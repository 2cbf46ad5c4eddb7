import { claimOf, decided, type Failure } from '@pull-secret/domain'
import { aCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeRecordAnswer } from './record-answer.ts'

type Lost = Failure<'FENCE_LOST' | 'LEDGER_UNAVAILABLE' | 'LEDGER_OUTCOME_UNKNOWN'>

const unavailable: Lost = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }
const unknown: Lost = { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 1 }

describe('record answer', () => {
  /** The database fails as told, one time after the other, and for the last reason ever after. */
  const record = async (failures: ReadonlyArray<Lost | undefined>, leaseEndsAt = 31_000) => {
    const { clock, sleeps } = makeNotedClock(1000)
    const left = [...failures]
    let asked = 0
    const recordAnswer = makeRecordAnswer({
      clock,
      ledger: {
        change: () => TE.left(unavailable as never),
        record: (_lease, decide) => () => {
          asked += 1
          const failure = left.length > 1 ? left.shift() : left[0]
          const row = aCredential()
          const ledger = { clusterId: row.clusterId, cluster: undefined, credentials: [row], generations: {}, epoch: 0 }
          return Promise.resolve(
            failure === undefined ? E.right(decide(ledger, row, 0).answer) : E.left(failure as never),
          )
        },
      },
    })
    const result = await recordAnswer(leaseEndsAt, claimOf(aCredential()), () => decided('recorded'))()
    return { result, asked, sleeps }
  }

  it('records once where the database works', async () => {
    expect(await record([undefined])).to.deep.equal({ result: E.right('recorded'), asked: 1, sleeps: [] })
  })

  it('records again where the database failed, later and later', async () => {
    const { result, sleeps } = await record([
      unavailable,
      unknown,
      unavailable,
      unavailable,
      unavailable,
      unavailable,
      undefined,
    ])
    expect([result, sleeps]).to.deep.equal([E.right('recorded'), [100, 200, 400, 800, 1600, 2000]])
  })

  it('ends when the lease does, with what the database last said', async () => {
    const { result, sleeps } = await record([unavailable, unknown], 2000)
    expect([result, sleeps]).to.deep.equal([E.left(unknown), [100, 200, 400]])
  })

  it('asks no more once somebody else holds the row', async () => {
    const { result, asked } = await record([unknown, { code: 'FENCE_LOST' }])
    expect([result, asked]).to.deep.equal([E.left({ code: 'FENCE_LOST' }), 2])
  })
})
