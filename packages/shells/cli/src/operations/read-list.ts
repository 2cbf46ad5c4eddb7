import * as E from 'fp-ts/lib/Either.js'
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

/** Reads page after page until the list ends or `limit` items are read. */
export const readList = async <Item>(
  readPage: ReadPage<Item>,
  limit: number,
  onPage: (count: number) => void,
): CommandAnswer<ReadItems<Item>> => {
  const pages: Array<ReadonlyArray<Item>> = []
  let count = 0
  let cursor: string | undefined
  for (;;) {
    const page = await readPage({ limit: Math.min(largestPage, limit - count), cursor })
    if (E.isLeft(page)) return page
    const { items, nextCursor } = page.right
    pages.push(items)
    count += items.length
    if (nextCursor === null || count >= limit) return E.right({ items: pages.flat(), nextCursor })
    cursor = nextCursor
    onPage(count)
  }
}
