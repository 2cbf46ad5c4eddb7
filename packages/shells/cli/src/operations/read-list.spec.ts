import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import { type PageRequest, readList, type ReadPage } from './read-list.ts'

/** A list of the numbers below `length`; a cursor is the next of them. */
const numbers = (length: number) => {
  const asked: Array<PageRequest> = []
  const readPage: ReadPage<number> = async (page) => {
    asked.push(page)
    const start = Number(page.cursor ?? 0)
    const end = Math.min(length, start + page.limit)
    const items = Array.from({ length: end - start }, (_, index) => start + index)
    return E.right({ items, nextCursor: end < length ? String(end) : null })
  }
  return { asked, readPage }
}

const neverSleep = () => Promise.reject(new Error('slept'))

const lastOf = async (length: number, limit: number) => {
  const { asked, readPage } = numbers(length)
  const counts: Array<number> = []
  const read = await readList({ readPage, sleep: neverSleep, onPage: (count) => void counts.push(count) }, limit)
  if (E.isLeft(read)) throw new Error(read.left.message)
  const { items, nextCursor } = read.right
  expect(items).to.deep.equal(Array.from({ length: items.length }, (_, index) => index))
  return { length: items.length, nextCursor, pages: asked.map(({ limit: size }) => size), counts }
}

describe('a list that is read', () => {
  it('is read over all of its pages', async () => {
    expect(await lastOf(250, Infinity)).to.deep.equal({
      length: 250,
      nextCursor: null,
      pages: [100, 100, 100],
      counts: [100, 200],
    })
    expect(await lastOf(0, Infinity)).to.deep.include({ length: 0, nextCursor: null })
  })

  it('is read up to the limit, and says where it goes on', async () => {
    expect(await lastOf(250, 120)).to.deep.include({ length: 120, nextCursor: '120', pages: [100, 20] })
    expect(await lastOf(250, 100)).to.deep.include({ length: 100, nextCursor: '100', pages: [100] })
    expect(await lastOf(7, 7)).to.deep.include({ length: 7, nextCursor: null, pages: [7] })
  })

  it('is not shown in part when a page of it fails', async () => {
    const { readPage } = numbers(250)
    const failure = E.left(usageFailure('no'))
    const read = await readList(
      {
        readPage: async (page) => (page.cursor === undefined ? readPage(page) : failure),
        sleep: neverSleep,
        onPage: () => undefined,
      },
      Infinity,
    )
    expect(read).to.equal(failure)
  })

  describe('with more pages than the service answers at once', () => {
    const limited = E.left<CommandFailure>({
      code: 'RATE_LIMIT_EXCEEDED',
      exit: 'unavailable',
      message: 'too many',
      retryAfterSeconds: 7,
    })
    /** Every request but the first is refused once before it is answered. */
    const readLimited = async (refusesFirst: boolean) => {
      const { readPage } = numbers(250)
      const refused = new Set<string | undefined>(refusesFirst ? [] : [undefined])
      const pauses: Array<number> = []
      const read = await readList(
        {
          readPage: async (page) => {
            if (refused.has(page.cursor)) return readPage(page)
            refused.add(page.cursor)
            return limited
          },
          sleep: async (milliseconds) => void pauses.push(milliseconds),
          onPage: () => undefined,
        },
        Infinity,
      )
      return { read, pauses }
    }

    it('goes on when the service says so', async () => {
      const { read, pauses } = await readLimited(false)
      expect(E.isRight(read) && read.right.items.length).to.equal(250)
      expect(pauses).to.deep.equal([7000, 7000])
    })

    it('is refused where the first is: nothing of it would be lost by another attempt', async () => {
      expect(await readLimited(true)).to.deep.equal({ read: limited, pauses: [] })
    })
  })
})
