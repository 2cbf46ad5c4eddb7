import type { CursorOf } from './cursors.ts'

/** A page as the use cases give it: its items, and where the next one begins, if there is one. */
export interface ListPage<Item, Position> {
  readonly items: ReadonlyArray<Item>
  readonly next?: Position
}

/** What a body says of the next page. */
export const nextCursorOf = <Position>(
  { next }: ListPage<unknown, Position>,
  { write }: CursorOf<Position>,
): { readonly next_cursor: string | null } => ({ next_cursor: next === undefined ? null : write(next) })
