import type { AuditFilter, AuditPosition, LoggedRecord } from '@pull-secret/domain'
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
    value: after === undefined ? undefined : JSON.stringify({ ...after, at: moment(after.at) }),
    sql: (value) =>
      `(a.created_at, a.chain collate "C", a.sequence) <
        ((${value}::json->>'at')::timestamptz, ${value}::json->>'chain', (${value}::json->>'sequence')::bigint)`,
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
    select a.id, a.chain, a.sequence::double precision as sequence, ${record} as record from credential_audit_log a
    ${where} order by a.created_at desc, a.chain collate "C" desc, a.sequence desc limit ${next}`
  return connection.query<LoggedRecord>(undefined, text, [...values, limit])
}
