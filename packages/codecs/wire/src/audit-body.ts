import { described, oneOf } from '@pull-secret/decoding'
import type { AuditPosition, LoggedRecord } from '@pull-secret/domain'
import * as t from 'io-ts'
import { type ListPage, nextCursorOf } from './list-page.ts'
import { auditCursor } from './list-queries.ts'
import { nextCursor, nullable, text, timestamp, timestampOf } from './text-codecs.ts'

const recordBody = described(
  t.type(
    {
      id: text('Id of the record.', '7b0f6f0e-0000-4000-8000-000000000002'),
      at: described(timestamp, 'When it happened.'),
      kind: described(oneOf('change', 'event'), 'Whether the ledger changed, or something else happened.'),
      action: text('What was done.', 'create'),
      outcome: described(oneOf('success', 'failure', 'unknown'), 'How it went.'),
      cluster_id: described(nullable(t.string), 'The cluster, or null.', { example: 'cls-abc123def456' }),
      credential_id: described(nullable(t.string), 'The credential in the ledger, or null.', { example: null }),
      registry_id: described(nullable(t.string), 'The registry, or null.', { example: 'quay' }),
      subject: text('Who asked for it.', 'system:serviceaccount:hyperfleet-system:gcp-adapter'),
      reason: text('Why.', 'request'),
      trace_id: text('In which request.', '4bf92f3577b34da6a3ce929d0e0e4736'),
      metadata: described(t.record(t.string, t.union([t.string, t.number])), 'What else is known.', { example: {} }),
    },
    'a record of the audit',
  ),
  'A record of the audit.',
  { title: 'AuditRecord' },
)

export const auditBody = described(
  t.type(
    { records: described(t.array(recordBody), 'The newest first.'), next_cursor: nextCursor },
    'a page of records',
  ),
  'A page of the audit.',
  { title: 'AuditLog' },
)

export type AuditBody = t.TypeOf<typeof auditBody>

const toRecordBody = ({ id, record }: LoggedRecord): AuditBody['records'][number] => ({
  id,
  at: timestampOf(record.at),
  kind: record.kind,
  action: record.action,
  outcome: record.outcome,
  cluster_id: record.clusterId ?? null,
  credential_id: record.credentialId ?? null,
  registry_id: record.registryId ?? null,
  subject: record.subject,
  reason: record.reason,
  trace_id: record.traceId,
  metadata: { ...record.metadata },
})

export const toAuditBody = (page: ListPage<LoggedRecord, AuditPosition>): AuditBody => ({
  records: page.items.map(toRecordBody),
  ...nextCursorOf(page, auditCursor),
})
