import type { Credential } from '@pull-secret/domain'
import type { LedgerTables } from '@pull-secret/in-memory'

/** Every row that is not revoked. */
export const livingRows = (tables: LedgerTables): ReadonlyArray<Credential> =>
  [...tables.clusters.values()].flatMap((ledger) => ledger.credentials)

/** How many items have each key. */
export const countBy = <A>(
  items: ReadonlyArray<A>,
  keyOf: (item: A) => string,
): ReadonlyArray<readonly [key: string, count: number]> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return [...counts]
}
