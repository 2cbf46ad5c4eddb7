import {
  associatedDataOf,
  type Credential,
  type Failure,
  type LeaseUse,
  type Registry,
  type SecretText,
  secretText,
  type SharedContent,
  type SharedObjectLease,
} from '@pull-secret/domain'
import { aClusterLedger, aCredential, aRegistry } from '@pull-secret/domain/testing'
import { makeInMemoryCipher } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { readsOf } from '../test/reads-of.ts'
import { makeWithSharedContent } from './index.ts'

interface Outcome {
  readonly kind: string
}

const cipher = makeInMemoryCipher()

describe('shared content', () => {
  const busy = { code: 'SHARED_OBJECT_BUSY' } as const
  const written = { kind: 'deleted' }
  const file = aRegistry('file', { capabilities: { sharedObject: true } })
  const rows = ['a', 'b'].map((name) =>
    aCredential({
      id: name,
      registryId: 'file',
      vendorName: name,
      state: name === 'a' ? 'active' : 'intended',
      sealedToken: E.getOrElse(() => '')(
        cipher.seal(secretText(`token of ${name}`), associatedDataOf({ id: name, registryId: 'file' })),
      ),
    }),
  )
  const lease = (fence: number): SharedObjectLease => ({ registryId: 'file', attemptId: 'attempt-1', fence })

  type Answer = Failure<'SHARED_OBJECT_BUSY' | 'LEDGER_UNAVAILABLE'>

  /** A shared object whose lease is asked for again and again, and refused as often as said. */
  const aWorld = (
    given: {
      refusals?: ReadonlyArray<Answer | Error>
      rows?: ReadonlyArray<Credential> | Failure<'LEDGER_UNAVAILABLE'>
    } = {},
  ) => {
    const { clock, sleeps, pass } = makeNotedClock(0)
    const { logger, lines } = makeNotedLogger()
    const [taken, released, order]: [Array<unknown>, Array<SharedObjectLease>, Array<string>] = [[], [], []]
    const uses: Array<LeaseUse | undefined> = []
    const found = given.rows ?? rows
    const withShared = makeWithSharedContent({
      sharedObjects: {
        take:
          (...asked) =>
          () => {
            taken.push(asked)
            order.push('take')
            const answer = given.refusals?.[taken.length - 1]
            if (answer instanceof Error) return Promise.reject(answer)
            return Promise.resolve(answer === undefined ? E.right(lease(taken.length)) : E.left(answer))
          },
        passFence: () => TE.right(undefined),
        release: (ended, use) =>
          TE.fromIO(() => {
            released.push(ended)
            uses.push(use)
          }),
      },
      reads: {
        ...readsOf(aClusterLedger(undefined)),
        sharedObjectRows: () =>
          TE.fromIOEither(() => {
            order.push('read')
            return 'code' in found ? E.left(found) : E.right(found)
          }),
      },
      cipher,
      clock,
      logger,
    })
    const seen: Array<SharedContent | undefined> = []
    const write = (
      request: { registry?: Registry; attemptId?: string; deadline?: number; call?: T.Task<Outcome> } = {},
    ) =>
      withShared(
        request.registry ?? file,
        request.attemptId ?? 'attempt-1',
        request.deadline ?? 25_000,
      )((shared) =>
        pipe(
          T.fromIO(() => seen.push(shared)),
          T.flatMap(() => request.call ?? T.of(written)),
        ),
      )()
    return { write, seen, taken, released, uses, sleeps, order, lines, pass }
  }

  it('says what may be in it, under a fence, and gives the lease back', async () => {
    const { write, seen, taken, released } = aWorld()
    expect(await write()).to.deep.equal(E.right(written))
    const entries = seen[0]?.entries.map(({ vendorName, wasCreated, openToken }) => [
      vendorName,
      wasCreated,
      E.map((token: SecretText) => token.reveal())(openToken()),
    ])
    expect([seen[0]?.fence, entries]).to.deep.equal([
      1,
      [
        ['a', true, E.right('token of a')],
        ['b', false, E.right('token of b')],
      ],
    ])
    expect([taken, released]).to.deep.equal([[['file', 'attempt-1', 930]], [lease(1)]])
  })

  it('is told what may be in it only when nobody else may write any more', async () => {
    const { write, order } = aWorld({ refusals: [busy] })
    await write()
    expect(order).to.deep.equal(['take', 'take', 'read'])
  })

  it('keeps it to itself while a write may still be under way', async () => {
    for (const kind of ['unknown', 'refused']) {
      const { write, released } = aWorld()
      await write({ call: T.of({ kind }) })
      expect(released).to.deep.equal(kind === 'unknown' ? [] : [lease(1)])
    }
  })

  it('gives its fence back only when none of those who had it together can have written', async () => {
    for (const [kinds, use] of [
      [['refused', 'not_sent'], 'nothing-written'],
      [['refused', 'deleted'], 'maybe-written'],
      [['created', 'not_sent'], 'maybe-written'],
      [['absent', 'refused'], 'maybe-written'],
    ] as const) {
      const { write, uses } = aWorld()
      await Promise.all(kinds.map((kind) => write({ call: T.of({ kind }) })))
      expect(uses).to.deep.equal([use])
    }
    const { write, uses } = aWorld({ rows: { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 } })
    await write()
    expect(uses).to.deep.equal(['nothing-written'])
  })

  it('asks for no lease where a vendor object belongs to one row', async () => {
    const { write, seen, taken, released } = aWorld()
    expect(await write({ registry: aRegistry('quay') })).to.deep.equal(E.right(written))
    expect([seen, taken, released]).to.deep.equal([[undefined], [], []])
  })

  it('waits for another writer while there is time', async () => {
    const { write, sleeps } = aWorld({ refusals: [busy, busy] })
    expect([await write(), sleeps]).to.deep.equal([E.right(written), [50, 100]])
  })

  it('gives way to another writer when there would be no time left to write', async () => {
    const { write, seen, sleeps } = aWorld({ refusals: [busy, busy, busy] })
    expect([await write({ deadline: 2100 }), seen, sleeps]).to.deep.equal([E.left(busy), [], [50]])
  })

  it('leaves time to write even where leases are as short as can be', async () => {
    const { write } = aWorld()
    expect(await write({ registry: { ...file, leaseSeconds: 6 }, deadline: 1000 })).to.deep.equal(E.right(written))
  })

  it('does not wait for a ledger that is unavailable', async () => {
    const unavailable = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 } as const
    const { write, sleeps } = aWorld({ refusals: [unavailable] })
    expect([await write(), sleeps]).to.deep.equal([E.left(unavailable), []])
  })

  it('gives the lease back where it does not learn what may be in it', async () => {
    const unavailable = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 } as const
    const { write, seen, released } = aWorld({ rows: unavailable })
    expect([await write(), seen, released]).to.deep.equal([E.left(unavailable), [], [lease(1)]])
  })

  it('is written although a token in it cannot be opened', async () => {
    const { write, seen } = aWorld({ rows: [aCredential({ registryId: 'file' })] })
    expect(await write()).to.deep.equal(E.right(written))
    expect(seen[0]?.entries.map(({ openToken }) => openToken())).to.deep.equal([
      E.left({ code: 'KEY_UNAVAILABLE', keyId: 'in-memory' }),
    ])
  })

  it('is taken once for all who wait for it, and given back when the last one is done', async () => {
    const { write, seen, taken, released } = aWorld({ refusals: [busy] })
    const { promise: ended, resolve: end } = Promise.withResolvers<Outcome>()
    const first = write({ call: () => ended })
    const others = ['attempt-2', 'attempt-3'].map((attemptId) => write({ attemptId }))
    await Promise.all(others)
    expect([taken.length, seen.length, released]).to.deep.equal([2, 3, []])
    expect(new Set(seen).size).to.equal(1)
    end(written)
    await first
    expect(released).to.deep.equal([lease(2)])
  })

  it('stays taken when one of those who had it together does not know whether it is over', async () => {
    const { write, released } = aWorld()
    await Promise.all([write({ call: T.of({ kind: 'unknown' }) }), write()])
    expect(released).to.deep.equal([])
  })

  it('is asked for again by who comes when its content may have been read already', async () => {
    const { write, seen, order } = aWorld()
    const later: Array<Promise<unknown>> = []
    await write({
      call: T.fromIO(() => {
        later.push(write({ attemptId: 'attempt-2' }))
        return written
      }),
    })
    await Promise.all(later)
    expect([order, seen.map((shared) => shared?.fence)]).to.deep.equal([
      ['take', 'read', 'take', 'read'],
      [1, 2],
    ])
  })

  it('lets those who have time wait on when the time of one of them is up', async () => {
    const { write, seen, sleeps } = aWorld({ refusals: [busy, busy, busy] })
    const outcomes = await Promise.all([write({ deadline: 2100 }), write({ attemptId: 'attempt-2' })])
    expect([outcomes, seen.length, sleeps]).to.deep.equal([[E.left(busy), E.right(written)], 1, [50, 50]])
  })

  it('leaves out whose time is up when the lease comes, and writes for the others', async () => {
    const { write, seen, released, pass } = aWorld()
    const waiting = [write({ deadline: 2500 }), write({ attemptId: 'attempt-2' })]
    pass(600)
    expect([await Promise.all(waiting), seen.length, released]).to.deep.equal([
      [E.left(busy), E.right(written)],
      1,
      [lease(1)],
    ])
  })

  it('can be waited for again after an asking that ended unexpectedly', async () => {
    const { write, lines } = aWorld({ refusals: [new TypeError('a bug')] })
    expect(E.isLeft(await write())).to.equal(true)
    expect(lines).to.deep.equal([['error', 'taking a shared object ended unexpectedly', { error_type: 'TypeError' }]])
    expect(await write()).to.deep.equal(E.right(written))
  })
})
