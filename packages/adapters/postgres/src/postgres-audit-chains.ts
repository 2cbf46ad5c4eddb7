import type { AuditChain, AuditChains, AuditRecord, ChainedRecord } from '@pull-secret/domain'
import { reading } from './ledger-failure.ts'
import type { Database } from './open-database.ts'
import { readingStatements } from './single-statements.ts'

/**
 * Heads and records are read by one statement, so that they are of one moment. The chains that have records are found
 * by one step down the index of (chain, sequence) for each: a distinct would read every record.
 */
const chainsFrom = (comparison: '>' | '>='): string => `
  with recursive logged as (
    (select chain from credential_audit_log where chain ${comparison} $1 order by chain limit 1)
    union all
    select (select l.chain from credential_audit_log l where l.chain > logged.chain order by l.chain limit 1)
    from logged where logged.chain is not null),
  named as (
    (select chain from (select chain from logged limit $2) l where chain is not null)
    union
    (select chain from audit_chains where chain ${comparison} $1 order by chain limit $2))
  select n.chain, h.count::text as count, h.head
  from named n left join audit_chains h on h.chain = n.chain
  order by n.chain limit $2`

const firstChains = chainsFrom('>=')
const nextChains = chainsFrom('>')

/**
 * Times are not rounded to milliseconds here: a change of the last digits is a change. The order names the table's
 * column: `sequence` alone would be that of the answer, a text, in which 10 comes before 2.
 */
const recordsAfter = `
  select
    sequence::text, hash, kind, action, outcome, cluster_id, credential_id, registry_id, actor, reason, trace_id,
    metadata, (extract(epoch from created_at) * 1000)::text as at
  from credential_audit_log
  where chain = $1 and sequence >= coalesce($2::bigint + 1, '-9223372036854775808'::bigint)
  order by credential_audit_log.sequence limit $3`

interface ChainRow {
  readonly chain: string
  readonly count: string | null
  readonly head: string | null
}

interface RecordRow {
  readonly sequence: string
  readonly hash: string
  readonly kind: AuditRecord['kind']
  readonly action: AuditRecord['action']
  readonly outcome: AuditRecord['outcome']
  readonly cluster_id: string | null
  readonly credential_id: string | null
  readonly registry_id: string | null
  readonly actor: string
  readonly reason: string
  readonly trace_id: string
  readonly metadata: unknown
  readonly at: string
}

const toChain = ({ chain, count, head }: ChainRow): AuditChain => ({
  chain,
  head: count === null || head === null ? undefined : { count: Number(count), hash: head },
})

/** Somebody may have put anything there: what is not an object stays something that nobody wrote. */
const toMetadata = (stored: unknown): AuditRecord['metadata'] =>
  typeof stored === 'object' && stored !== null && !Array.isArray(stored)
    ? (stored as AuditRecord['metadata'])
    : { not_an_object: JSON.stringify(stored) }

const toRecord = (row: RecordRow): ChainedRecord => ({
  sequence: Number(row.sequence),
  hash: row.hash,
  record: {
    kind: row.kind,
    action: row.action,
    outcome: row.outcome,
    clusterId: row.cluster_id ?? undefined,
    credentialId: row.credential_id ?? undefined,
    registryId: row.registry_id ?? undefined,
    subject: row.actor,
    reason: row.reason,
    traceId: row.trace_id,
    metadata: toMetadata(row.metadata),
    at: Number(row.at),
  },
})

/** The audit in PostgreSQL. Needs only the right to read its two tables. */
export const makePostgresAuditChains = (database: Database): AuditChains => {
  const connection = readingStatements(database)
  return {
    chains: (after, limit) =>
      reading(database, async () => {
        const rows =
          after === undefined
            ? connection.query<ChainRow>('first-audit-chains', firstChains, ['', limit])
            : connection.query<ChainRow>('next-audit-chains', nextChains, [after, limit])
        return (await rows).map(toChain)
      }),
    records: (chain, afterSequence, limit) =>
      reading(database, async () =>
        (await connection.query<RecordRow>('audit-records', recordsAfter, [chain, afterSequence, limit])).map(toRecord),
      ),
  }
}
