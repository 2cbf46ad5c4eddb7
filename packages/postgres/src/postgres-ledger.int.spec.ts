import { secretText, type AuditRecord, type Logger } from '@pull-secret/domain'
import { openTestDatabase } from '@pull-secret/embedded-postgres/testing'
import { ledgerSuites, type StoredAudit } from '@pull-secret/port-contracts'
import { makePostgresDueWork, makePostgresLedger, makePostgresReads, makePostgresRegister, makePostgresSharedObjects, migrate, openDatabase, type Database } from './index.ts'

const silent: Logger = { log: () => () => undefined }

const prepare = async (url: string): Promise<void> => {
  const database = await openDatabase({ url: secretText(url), preparedStatements: true, logger: silent })
  await migrate(database)
  await database.close()
}

interface AuditRow {
  readonly sequence: string
  readonly hash: string
  readonly kind: AuditRecord['kind']
  readonly action: AuditRecord['action']
  readonly outcome: AuditRecord['outcome']
  readonly cluster_id: string
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
    kind: row.kind, action: row.action, outcome: row.outcome, clusterId: row.cluster_id, credentialId: row.credential_id ?? undefined,
    registryId: row.registry_id ?? undefined, subject: row.actor, reason: row.reason, traceId: row.trace_id, metadata: row.metadata, at: Date.parse(row.created_at),
  },
})

const auditIn = (database: Database) => async (clusterId: string): Promise<ReadonlyArray<StoredAudit>> => {
  const result = await database.pool.query<AuditRow>('select * from credential_audit_log where chain = $1 order by sequence', [clusterId])
  return result.rows.map(toAudit)
}

describe('the PostgreSQL ledger', () => {
  ledgerSuites(async () => {
    const testDatabase = await openTestDatabase({ name: 'ledger', prepare })
    const database = await openDatabase({ url: secretText(testDatabase.url), preparedStatements: true, logger: silent })
    return {
      ledger: makePostgresLedger(database),
      reads: makePostgresReads(database),
      dueWork: makePostgresDueWork(database),
      sharedObjects: makePostgresSharedObjects(database),
      register: makePostgresRegister(database),
      audit: auditIn(database),
      close: async () => {
        const inUse = database.pool.totalCount - database.pool.idleCount
        await database.close()
        await testDatabase.drop()
        if (inUse > 0) throw new Error(`${String(inUse)} connections were left in use`)
      },
    }
  })
})
