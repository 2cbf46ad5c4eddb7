import { type CredentialLedger, decided, emptyClusterLedger, type Failure, makeRegistries } from '@pull-secret/domain'
import { aRegistry, now } from '@pull-secret/domain/testing'
import { makeInMemoryCipher, makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { changeWithDraws, orUnavailable } from './change-with-draws.ts'

describe('change with draws', () => {
  /** Finds the names of the first changes used. */
  const change = async (usedNames: number) => {
    let left = usedNames
    const ledger: CredentialLedger = {
      change: (clusterId, decide) => () => {
        const decision = decide(emptyClusterLedger(clusterId), now)
        if (E.isLeft(decision)) return Promise.resolve(decision)
        left -= 1
        return Promise.resolve(left >= 0 ? E.left({ code: 'NAME_DRAWN_TWICE' }) : E.right(decision.right.answer))
      },
      record: () => TE.left({ code: 'FENCE_LOST' }),
    }
    const drawn: Array<string | undefined> = []
    const deps = {
      ledger,
      ids: makeInMemoryIds(),
      cipher: makeInMemoryCipher(),
      registries: makeRegistries([aRegistry()]),
    }
    const result = await changeWithDraws(
      deps,
      'cls-abc123',
    )((draws) => () => {
      drawn.push(draws['quay']?.entropy)
      return E.right(decided('changed'))
    })()
    return { result, drawn }
  }

  it('draws once where no name was used', async () => {
    const { result, drawn } = await change(0)
    expect([result, drawn.length]).to.deep.equal([E.right('changed'), 1])
  })

  it('draws again, and something else, where a name was used', async () => {
    const { result, drawn } = await change(2)
    expect([result, new Set(drawn).size]).to.deep.equal([E.right('changed'), 3])
  })

  it('gives up after three draws, as one may after a failure that wrote nothing', async () => {
    const { result, drawn } = await change(3)
    expect([result, drawn.length]).to.deep.equal([E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }), 3])
  })

  it('leaves every other failure as it is', () => {
    const failure: Failure<'FENCE_LOST'> = { code: 'FENCE_LOST' }
    expect(orUnavailable(failure)).to.equal(failure)
  })
})
