import type { UseCases } from '@pull-secret/application'
import type { Config } from '@pull-secret/config'
import { type Database, majorVersion, pendingMigrations } from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import { describeStartFailure } from './describe-start-failure.ts'
import type { StartFault } from './start-fault.ts'
import { versionFault } from './version-fault.ts'

export const accessFault = (config: Config): ReadonlyArray<StartFault> =>
  config.deployment.sandbox
    ? []
    : [
        {
          field: 'access.type',
          message: 'static access is allowed only in a sandbox: set deployment.sandbox to true',
        },
      ]

/**
 * PostgreSQL's codes for a prepared statement that is there already, or not there: a pooler gave the statements to
 * another session.
 */
const pooledStatements = new Set(['42P05', '26000'])

export const databaseFault = (error: unknown): StartFault =>
  pooledStatements.has(String((error as { readonly code?: unknown } | null)?.code))
    ? {
        field: 'database.prepared_statements',
        message: 'the database is behind a pooler in transaction mode: set database.prepared_statements to false',
      }
    : {
        field: 'database',
        message: 'the database cannot be used: check its address, database.tls.ca_file and the permissions of its user',
      }

const schemaFault = async (database: Database): Promise<ReadonlyArray<StartFault>> => {
  try {
    const outdated = versionFault(await majorVersion(database))
    if (outdated.length > 0) return outdated
    const pending = await pendingMigrations(database)
    return pending.length === 0
      ? []
      : [
          {
            field: 'database',
            message: `${String(pending.length)} migration(s) are pending: run pull-secret migrate`,
          },
        ]
  } catch {
    return [{ field: 'database', message: 'the database is unavailable' }]
  }
}

/** Why the service must not answer anybody yet; `start` is the use case that starts it or only inspects. */
export const startFaults = async (database: Database, start: UseCases['start']): Promise<ReadonlyArray<StartFault>> => {
  const faults = await schemaFault(database)
  if (faults.length > 0) return faults
  try {
    const started = await start()
    return E.isLeft(started) ? [describeStartFailure(started.left)] : []
  } catch (error) {
    return [databaseFault(error)]
  }
}
