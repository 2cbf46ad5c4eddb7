import * as E from 'fp-ts/lib/Either.js'
import { isLimited } from '../failures/is-limited.ts'
import { pauseAfter } from '../failures/pause-after.ts'
import type { ProcessContext } from '../process-context.ts'
import type { CommandAnswer } from './operations.ts'

/** The beginning of a list; all of it where `nextCursor` is null. */
export interface ReadItems<Item> {
  readonly items: ReadonlyArray<Item>
  readonly nextCursor: string | null
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string
}

export type ReadPage<Item> = (page: PageRequest) => CommandAnswer<ReadItems<Item>>

/** The most that the API has on a page. */
const largestPage = 100

export interface ReadListDeps<Item> {
  readonly readPage: ReadPage<Item>
  readonly sleep: ProcessContext['sleep']
  /** Called with the number of items that are read, before each page but the first. */
  readonly onPage: (count: number) => void
}

const shortestPauseMilliseconds = 1000

/**
 * Reads page after page until the list ends or `limit` items are read. A list that has more pages than a caller may ask
 * for at once goes on when the service says so.
 */
export const readList = async <Item>(
  { readPage, sleep, onPage }: ReadListDeps<Item>,
  limit: number,
): CommandAnswer<ReadItems<Item>> => {
  const pages: Array<ReadonlyArray<Item>> = []
  let count = 0
  let cursor: string | undefined
  for (;;) {
    const page = await readPage({ limit: Math.min(largestPage, limit - count), cursor })
    if (isLimited(page) && cursor !== undefined) {
      await sleep(pauseAfter(page, shortestPauseMilliseconds))
      continue
    }
    if (E.isLeft(page)) return page
    const { items, nextCursor } = page.right
    pages.push(items)
    count += items.length
    if (nextCursor === null || count >= limit) return E.right({ items: pages.flat(), nextCursor })
    cursor = nextCursor
    onPage(count)
  }
}
