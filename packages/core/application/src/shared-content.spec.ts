import {
  associatedDataOf,
  type Credential,
  type Failure,
  type Registry,
  secretText,
  type SharedContent,
  type SharedObjectLease,
} from '@pull-secret/domain'
import { aClusterLedger, aCredential, aRegistry } from '@pull-secret/domain/testing'
import { makeInMemoryCipher } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { readsOf } from '../test/reads-of.ts'
import { makeWithSharedContent } from './index.ts'

const cipher = makeInMemoryCipher()

describe('shared content', () => {
  const busy = { code: 'SHARED_OBJECT_BUSY' } as const
  const written = { kind: 'deleted' }
  const lease: SharedObjectLease = { registryId: 'file', attemptId: 'attempt-1', fence: 4 }
  const file = aRegistry('file', { capabilities: { sharedObject: true } })
  const rows = ['a', 'b'].map((name) =>
    aCredential({
      id: name,
      registryId: 'file',
      vendorName: name,
      sealedToken: E.getOrElse(() => '')(
        cipher.seal(secretText(`token of ${name}`), associatedDataOf({ id: name, registryId: 'file' })),
      ),
    }),
  )

  const write = async (
    registry: Registry,
    answers: ReadonlyArray<Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>>,
    given: { deadline?: number; rows?: ReadonlyArray<Credential>; outcome?: { readonly kind: string } } = {},
  ) => {
    const { clock, sleeps } = makeNotedClock(0)
    const [seen, taken, released]: [Array<SharedContent | undefined>, Array<unknown>, Array<unknown>] = [[], [], []]
    const order: Array<string> = []
    const withShared = makeWithSharedContent({
      sharedObjects: {
        take: (...asked) =>
          TE.fromIOEither(() => {
            taken.push(asked)
            order.push('take')
            const answer = answers[taken.length - 1]
            return answer === undefined ? E.right(lease) : E.left(answer)
          }),
        release: (ended) =>
          TE.fromIO(() => {
            released.push(ended)
          }),
      },
      reads: {
        ...readsOf(aClusterLedger(undefined)),
        sharedObjectRows: () =>
          TE.fromIO(() => {
            order.push('read')
            return given.rows ?? rows
          }),
      },
      cipher,
      clock,
    })
    const result = await withShared(
      registry,
      'attempt-1',
      given.deadline ?? 1000,
    )((shared) =>
      T.fromIO(() => {
        seen.push(shared)
        return given.outcome ?? written
      }),
    )()
    return { result, seen, taken, released, sleeps, order }
  }

  it('holds what must be in it, under a fence, and gives the lease back', async () => {
    const { result, seen, taken, released } = await write(file, [])
    expect(result).to.deep.equal(E.right(written))
    expect(
      seen.map((shared) => [
        shared?.fence,
        shared?.entries.map(({ vendorName, token }) => [vendorName, token.reveal()]),
      ]),
    ).to.deep.equal([
      [
        4,
        [
          ['a', 'token of a'],
          ['b', 'token of b'],
        ],
      ],
    ])
    expect([taken, released]).to.deep.equal([[['file', 'attempt-1', 930]], [lease]])
  })

  it('is told what must be in it only when nobody else may write any more', async () => {
    expect((await write(file, [busy])).order).to.deep.equal(['take', 'take', 'read'])
  })

  it('keeps it to itself while a write may still be under way', async () => {
    expect((await write(file, [], { outcome: { kind: 'unknown' } })).released).to.deep.equal([])
    expect((await write(file, [], { outcome: { kind: 'refused' } })).released).to.deep.equal([lease])
  })

  it('asks for no lease where a vendor object belongs to one row', async () => {
    const { result, seen, taken, released } = await write(aRegistry('quay'), [])
    expect([result, seen, taken, released]).to.deep.equal([E.right(written), [undefined], [], []])
  })

  it('waits for another writer while there is time', async () => {
    const { result, sleeps } = await write(file, [busy, busy])
    expect([result, sleeps]).to.deep.equal([E.right(written), [50, 50]])
  })

  it('gives way to another writer when it could not send in time any more', async () => {
    const { result, seen, sleeps } = await write(file, [busy, busy, busy], { deadline: 100 })
    expect([result, seen, sleeps]).to.deep.equal([E.left(busy), [], [50]])
  })

  it('does not wait for a ledger that is unavailable', async () => {
    const unavailable = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 } as const
    expect(await write(file, [unavailable])).to.deep.include({ result: E.left(unavailable), sleeps: [] })
  })

  it('writes nothing when an entry cannot be opened, and gives the lease back', async () => {
    const { result, seen, released } = await write(file, [], { rows: [aCredential({ registryId: 'file' })] })
    expect([result, seen, released]).to.deep.equal([
      E.left({ code: 'KEY_UNAVAILABLE', keyId: 'in-memory' }),
      [],
      [lease],
    ])
  })
})
