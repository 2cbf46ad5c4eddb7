import type { AuditFilter, AuditPosition, AuditRecord, LoggedRecord } from '@pull-secret/domain'
import { epochMilliseconds, moment } from '../columns/moment.ts'
import type { Connection } from '../connection.ts'
import { type Condition, wherePart } from './where-part.ts'

const conditionsOf = (filter: AuditFilter, after: AuditPosition | undefined): ReadonlyArray<Condition> => [
  { value: filter.clusterId, sql: (value) => `a.cluster_id = ${value}` },
  { value: filter.subject, sql: (value) => `a.actor = ${value}` },
  { value: filter.action, sql: (value) => `a.action = ${value}` },
  { value: moment(filter.from), sql: (value) => `a.created_at >= ${value}` },
  { value: moment(filter.until), sql: (value) => `a.created_at < ${value}` },
  { value: moment(after?.at), sql: (value) => `a.created_at <= ${value}` },
  {
    value: after === undefined ? undefined : `${new Date(after.at).toISOString()} ${after.id}`,
    sql: (value) =>
      `(a.created_at, a.id) < (split_part(${value}, ' ', 1)::timestamptz, split_part(${value}, ' ', 2)::uuid)`,
  },
]

const record = `json_strip_nulls(json_build_object(
  'kind', a.kind, 'action', a.action, 'outcome', a.outcome, 'clusterId', a.cluster_id,
  'credentialId', a.credential_id, 'registryId', a.registry_id, 'subject', a.actor, 'reason', a.reason,
  'traceId', a.trace_id, 'metadata', a.metadata, 'at', ${epochMilliseconds('a.created_at')}))`

/** A page of the audit, the newest records first. */
export const listAudit = async (
  connection: Connection,
  filter: AuditFilter,
  after: AuditPosition | undefined,
  limit: number,
): Promise<ReadonlyArray<LoggedRecord>> => {
  const { where, values, next } = wherePart(conditionsOf(filter, after))
  const text = `
    select a.id, ${record} as record from credential_audit_log a
    ${where} order by a.created_at desc, a.id desc limit ${next}`
  return connection.query<{ readonly id: string; readonly record: AuditRecord }>(undefined, text, [...values, limit])
}
