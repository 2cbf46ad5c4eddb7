import { createHash } from 'node:crypto'
import { type AuditRecord, canonicalAuditText, chainStart } from '@pull-secret/domain'
import type { Connection } from '../connection.ts'

const append = `
  with head as (
    insert into audit_chains (chain, count, head) values ($1, $3, $4)
    on conflict (chain) do update set count = excluded.count, head = excluded.head)
  insert into credential_audit_log (
    cluster_id, credential_id, registry_id, action, actor, reason, trace_id,
    created_at, kind, outcome, metadata, chain, sequence, hash)
  select
    cluster_id, credential_id, registry_id, action, actor, reason, trace_id,
    to_timestamp(at / 1000.0), kind, outcome, metadata, $1, sequence, hash
  from json_to_recordset($2) as r(
    cluster_id text, credential_id uuid, registry_id text, action text, actor text, reason text, trace_id text,
    at bigint, kind text, outcome text, metadata jsonb, sequence bigint, hash text)`

/** Appends to a chain. The caller holds the chain's lock and read `count` and `head` under it. */
export const appendAudit = async (
  connection: Connection,
  chain: string,
  records: ReadonlyArray<AuditRecord>,
  count: number,
  head: string | undefined,
): Promise<void> => {
  if (records.length === 0) return
  let hash = head ?? chainStart
  const rows = records.map((record, index) => {
    const sequence = count + index + 1
    hash = createHash('sha256')
      .update(canonicalAuditText(record, sequence, hash))
      .digest('hex')
    return {
      cluster_id: record.clusterId,
      credential_id: record.credentialId,
      registry_id: record.registryId,
      action: record.action,
      actor: record.subject,
      reason: record.reason,
      trace_id: record.traceId,
      at: record.at,
      kind: record.kind,
      outcome: record.outcome,
      metadata: record.metadata,
      sequence,
      hash,
    }
  })
  await connection.query('append-audit', append, [chain, JSON.stringify(rows), count + records.length, hash])
}
