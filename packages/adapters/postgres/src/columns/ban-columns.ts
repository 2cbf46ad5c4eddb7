import type { Ban, ViewedBan } from '@pull-secret/domain'
import type { Columns } from './columns.ts'

/** Where `cluster_bans` keeps each property of a ban; a later ban of the same id takes the place of a lifted one. */
export const banColumns: Columns<Ban> = {
  clusterId: { column: 'cluster_id', isFinal: true },
  version: { column: 'version', isFinal: true },
  state: { column: 'state' },
  reason: { column: 'reason' },
  bannedBy: { column: 'banned_by' },
  bannedAt: { column: 'banned_at', isTime: true },
}

/** The part of them that an answer needs. */
export const viewedBanColumns: Columns<ViewedBan> = {
  state: banColumns.state,
  reason: banColumns.reason,
  bannedBy: banColumns.bannedBy,
  bannedAt: banColumns.bannedAt,
}
