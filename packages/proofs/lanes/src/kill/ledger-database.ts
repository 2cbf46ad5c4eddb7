import pg from 'pg'
import type { AuditFact, ChainFact, ClusterFact, CredentialFact } from './facts.ts'

/** The service's database as somebody sees it who only reads. */
export interface LedgerDatabase {
  /** Pairs of rows that must never exist at the same time. */
  readonly doubleRows: () => Promise<ReadonlyArray<string>>
  /** How much is still to be done or may still change. */
  readonly unfinished: (registryCount: number) => Promise<number>
  readonly credentials: () => Promise<ReadonlyArray<CredentialFact>>
  readonly clusters: () => Promise<ReadonlyArray<ClusterFact>>
  readonly audit: () => Promise<ReadonlyArray<AuditFact>>
  readonly chains: () => Promise<ReadonlyArray<ChainFact>>
  /** Every row of every table, one text each, with the table's name. */
  readonly dump: () => Promise<ReadonlyArray<{ readonly table: string; readonly text: string }>>
  /** Makes the database bind this value in a statement, which its log then shows. */
  readonly bind: (value: string) => Promise<void>
  readonly close: () => Promise<void>
}

const doubleRows = `
  select cluster_id || ' at ' || registry_id || ' had ' || count(*) || ' ' || kind || ' rows' as sentence
  from (select cluster_id, registry_id, case when state = 'active' then 'active' else 'unpublished' end as kind
        from registry_credentials where state in ('active', 'intended', 'ready')) as live
  group by cluster_id, registry_id, kind having count(*) > 1`

const unfinished = `
  select (select count(*) from registry_credentials
        where state not in ('active', 'revoked') or settles_at > clock_timestamp())
    + (select count(*) from clusters c where state = 'deleting' or (state = 'live' and (published_at is null
        or $1 > (
          select count(*) from registry_credentials r where r.cluster_id = c.id and r.state = 'active')))) as count`

const credentials = `
  select id, cluster_id as "clusterId", registry_id as "registryId", incarnation, state,
    vendor_name as "vendorName", problem
  from registry_credentials`

const clusters = `select id, state, published_at is not null as "isPublished" from clusters`

const audit = `
  select chain, sequence::int as sequence, hash, json_strip_nulls(json_build_object(
    'kind', kind, 'action', action, 'outcome', outcome, 'clusterId', cluster_id,
    'credentialId', credential_id, 'registryId', registry_id, 'subject', actor, 'reason', reason, 'traceId', trace_id,
    'at', round(extract(epoch from created_at) * 1000), 'metadata', metadata)) as record
  from credential_audit_log`

const chains = `select chain, count::int as count, head from audit_chains`

const tables = `select table_name as name from information_schema.tables where table_schema = 'public'`

export const openLedgerDatabase = async (databaseUrl: string): Promise<LedgerDatabase> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const rows = async <Row extends object>(
    statement: string,
    values: ReadonlyArray<unknown> = [],
  ): Promise<ReadonlyArray<Row>> => (await client.query<Row>(statement, [...values])).rows
  return {
    doubleRows: async () => (await rows<{ sentence: string }>(doubleRows)).map(({ sentence }) => sentence),
    unfinished: async (registryCount) => Number((await rows<{ count: string }>(unfinished, [registryCount]))[0]?.count),
    credentials: () => rows<CredentialFact>(credentials),
    clusters: () => rows<ClusterFact>(clusters),
    audit: () => rows<AuditFact>(audit),
    chains: () => rows<ChainFact>(chains),
    dump: async () => {
      const texts: Array<{ table: string; text: string }> = []
      for (const { name } of await rows<{ name: string }>(tables)) {
        const found = await rows<{ text: string }>(
          `select to_jsonb(t)::text as text from ${pg.escapeIdentifier(name)} t`,
        )
        texts.push(...found.map(({ text }) => ({ table: name, text })))
      }
      return texts
    },
    bind: async (value) => {
      await rows('select $1::text', [value])
    },
    close: () => client.end(),
  }
}
