import type { AuditRecord } from '@pull-secret/domain'
import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import type { LedgerSubject, StoredAudit } from '@pull-secret/port-contracts'
import { Client } from 'pg'
import {
  type Database,
  type DatabaseSettings,
  makePostgresAuditChains,
  makePostgresDueWork,
  makePostgresFleetReads,
  makePostgresLedger,
  makePostgresReads,
  makePostgresRefusalLog,
  makePostgresRegister,
  makePostgresReplicaRegister,
  makePostgresSharedObjects,
  migrate,
  openDatabase,
} from '../src/index.ts'
import { readingStatements } from '../src/single-statements.ts'
import { databaseSettings } from './database-settings.ts'
import { openLosingWay } from './losing-way.ts'

const prepare = async (url: string): Promise<void> => {
  const database = await openDatabase(databaseSettings(url))
  await migrate(database)
  await database.close()
}

/** A database with the schema and nothing in it. */
export const anEmptyDatabase = (): Promise<TestDatabase> => openTestDatabase({ name: 'ledger', prepare })

interface AuditRow {
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
  readonly metadata: AuditRecord['metadata']
  readonly created_at: string
}

const toAudit = (row: AuditRow): StoredAudit => ({
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
    metadata: row.metadata,
    at: Date.parse(row.created_at),
  },
})

const auditIn =
  (database: Database) =>
  async (clusterId: string): Promise<ReadonlyArray<StoredAudit>> => {
    const rows = await readingStatements(database).query<AuditRow>(
      undefined,
      'select * from credential_audit_log where chain = $1 order by sequence',
      [clusterId],
    )
    return rows.map(toAudit)
  }

const sessionsInTransaction = `
  select count(*)::int as count from pg_stat_activity
  where datname = current_database() and state like 'idle in transaction%'`

const advisoryLocks = `
  select count(*)::int as count from pg_locks
  where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`

const heldObjects = `select count(*)::int as count from shared_objects where expires_at > clock_timestamp()`

/** The audit refuses to be emptied, except by a session whose triggers do not fire. */
const emptyEverything = `
  set session_replication_role = replica; set lock_timeout = '10s';
  truncate
    clusters, cluster_bans, registry_credentials, pull_secret_rotations, credential_audit_log, audit_chains,
    shared_objects, deployment, encryption_keys, credential_generations, replicas`

/** What still occupies the pool or the database, in words. */
const leftIn = async ({ pool }: Database, outside: Client): Promise<ReadonlyArray<string>> => {
  const inUse = pool.totalCount - pool.idleCount
  const count = async (statement: string): Promise<number> =>
    (await outside.query<{ count: number }>(statement)).rows[0]?.count ?? 0
  const found: ReadonlyArray<readonly [string, number]> = [
    ['connections in use', inUse],
    ['open transactions', await count(sessionsInTransaction)],
    ['advisory locks', await count(advisoryLocks)],
    ['shared objects that somebody holds', await count(heldObjects)],
  ]
  return found.filter(([, number]) => number > 0).map(([what, number]) => `${String(number)} ${what}`)
}

export interface PostgresLedgerSubject extends LedgerSubject {
  readonly database: Database
}

/** Gives the address at which the service connects, from a superuser's. */
type ServiceUrl = (url: string) => Promise<string>

const openLedgers = async (serviceUrl: ServiceUrl, own: Partial<DatabaseSettings>) => {
  const testDatabase = await anEmptyDatabase()
  const way = await openLosingWay(await serviceUrl(testDatabase.url))
  const database = await openDatabase(databaseSettings(way.url, own))
  const outside = new Client({ connectionString: testDatabase.url })
  await outside.connect()
  const subject: PostgresLedgerSubject = {
    database,
    ledger: makePostgresLedger(database),
    reads: makePostgresReads(database),
    fleet: makePostgresFleetReads(database),
    dueWork: makePostgresDueWork(database),
    sharedObjects: makePostgresSharedObjects(database),
    register: makePostgresRegister(database),
    replicas: makePostgresReplicaRegister(database),
    auditChains: makePostgresAuditChains(database),
    refusals: makePostgresRefusalLog(database),
    audit: auditIn(database),
    loseNextCommit: way.loseNextCommit,
    landLate: way.landLate,
    close: async () => {
      const left = await leftIn(database, outside)
      if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
    },
  }
  return {
    open: async (): Promise<PostgresLedgerSubject> => {
      await outside.query(emptyEverything)
      return subject
    },
    end: async (): Promise<void> => {
      await outside.end()
      await database.close()
      way.close()
      await testDatabase.drop()
    },
  }
}

/** Empty ledgers for the specs of one `describe`, one after the other over one database and one pool. */
export const postgresLedgers = (
  serviceUrl: ServiceUrl = (url) => Promise.resolve(url),
  own: Partial<DatabaseSettings> = {},
): (() => Promise<PostgresLedgerSubject>) => {
  let ledgers: Awaited<ReturnType<typeof openLedgers>> | undefined
  after(async () => {
    await ledgers?.end()
  })
  return async () => {
    ledgers ??= await openLedgers(serviceUrl, own)
    return ledgers.open()
  }
}
