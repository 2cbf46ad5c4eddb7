import type { AuditBody } from '@pull-secret/wire'
import type { ReadItems } from '../operations/read-list.ts'
import { table } from './table.ts'
import type { NamedView } from './view.ts'

export type LogRecord = AuditBody['records'][number]

/** What a line says of a record beside its action: the change, why of a ban, or how many requests were refused. */
const detailOf = ({ metadata: { from, to, requests, ban_reason: why } }: LogRecord): string | undefined => {
  if (why !== undefined) return String(why)
  if (from !== undefined && to !== undefined) return `${String(from)} → ${String(to)}`
  return requests === undefined ? undefined : `${String(requests)} refused`
}

/** Records of the audit, one a line. */
export const presentAuditLog = ({ items, nextCursor }: ReadItems<LogRecord>): NamedView => ({
  text:
    items.length === 0
      ? 'No records.\n'
      : table(
          ['TIME', 'CLUSTER', 'REGISTRY', 'ACTION', 'DETAIL', 'OUTCOME', 'SUBJECT', 'REASON'],
          items.map((record) => [
            record.at,
            record.cluster_id ?? undefined,
            record.registry_id ?? undefined,
            record.action,
            detailOf(record),
            record.outcome,
            record.subject,
            record.reason,
          ]),
        ),
  data: { records: items, next_cursor: nextCursor },
  names: items.map(({ id }) => id),
})
