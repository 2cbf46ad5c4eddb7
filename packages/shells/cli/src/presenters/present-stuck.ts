import type { StuckBody } from '@pull-secret/wire'
import type { ReadItems } from '../operations/read-list.ts'
import { ageOf } from './age.ts'
import { table } from './table.ts'
import type { NamedView } from './view.ts'

export type StuckRow = StuckBody['stuck'][number]

/** Work that waits for somebody, one a line, with what to do. `now`: milliseconds since 1970. */
export const presentStuck = ({ items, nextCursor }: ReadItems<StuckRow>, now: number): NamedView => ({
  text:
    items.length === 0
      ? 'Nothing is stuck.\n'
      : table(
          ['CLUSTER', 'REGISTRY', 'WORK', 'SINCE', 'TRIED', 'PROBLEM', 'NEXT STEP'],
          items.map((row) => [
            row.cluster_id,
            row.registry_id,
            row.work,
            ageOf(row.since, now),
            String(row.attempts),
            row.problem,
            row.next_step,
          ]),
        ),
  data: { stuck: items, next_cursor: nextCursor },
  names: items.map(({ credential_id: id }) => id),
})
