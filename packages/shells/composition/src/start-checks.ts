import type { UseCases } from '@pull-secret/application'
import type { Logger } from '@pull-secret/domain'
import { type Database, majorVersion, pendingMigrations, unknownMigrations } from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import { startFaultOf } from './database-start-fault.ts'
import { describeStartFailure } from './describe-start-failure.ts'
import type { StartFault } from './start-fault.ts'
import { versionFault } from './version-fault.ts'

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
            mayPass: true,
          },
        ]
  } catch (error) {
    return [startFaultOf(database.faultOf(error))]
  }
}

/** Migrations expand before they contract, so that the release before the schema's goes on working. */
const warnOfNewerSchema = async (database: Database, logger: Logger): Promise<void> => {
  const unknown = await unknownMigrations(database)
  if (unknown.length === 0) return
  logger.log('warn', `a newer release migrated the schema: ${unknown.join(', ')}; upgrade soon`)()
}

/** Why the service must not answer anybody yet; `start` is the use case that starts it or only inspects. */
export const startFaults = async (
  database: Database,
  start: UseCases['start'],
  logger: Logger,
): Promise<ReadonlyArray<StartFault>> => {
  const faults = await schemaFault(database)
  if (faults.length > 0) return faults
  try {
    await warnOfNewerSchema(database, logger)
    const started = await start()
    return E.isLeft(started) ? [describeStartFailure(started.left)] : []
  } catch (error) {
    return [startFaultOf(database.faultOf(error))]
  }
}
