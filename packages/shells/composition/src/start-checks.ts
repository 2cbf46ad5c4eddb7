import type { UseCases } from '@pull-secret/application'
import type { LedgerFault, Logger } from '@pull-secret/domain'
import {
  type Database,
  durabilityOf,
  isOutage,
  majorVersion,
  migrate,
  pendingMigrations,
  unknownMigrations,
} from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import { startFaultOf } from './database-start-fault.ts'
import { describeStartFailure } from './describe-start-failure.ts'
import { durabilityFault } from './durability-fault.ts'
import type { StartFault } from './start-fault.ts'
import { versionFault } from './version-fault.ts'

export interface StartChecksDeps {
  readonly database: Database
  /** The use case that starts the service, or only inspects. */
  readonly start: UseCases['start']
  readonly logger: Logger
  /** A sandbox accepts a database that a crash damages. */
  readonly isSandbox: boolean
  /** Applies pending migrations first. */
  readonly migrates: boolean
}

const faultOf = (fault: LedgerFault): StartFault =>
  isOutage(fault) ? { ...startFaultOf(fault), outage: fault.code } : startFaultOf(fault)

const pendingFault = ({ length }: ReadonlyArray<string>): ReadonlyArray<StartFault> =>
  length === 0
    ? []
    : [
        {
          field: 'database',
          message: `${String(length)} migration(s) are pending: run pull-secret migrate`,
          mayPass: true,
        },
      ]

/** Migrations expand before they contract, so that the release before the schema's goes on working. */
const warnOfNewerSchema = async ({ database, logger }: StartChecksDeps): Promise<void> => {
  const unknown = await unknownMigrations(database)
  if (unknown.length === 0) return
  logger.log('warn', `a newer release migrated the schema: ${unknown.join(', ')}; upgrade soon`)()
}

const check = async (deps: StartChecksDeps): Promise<ReadonlyArray<StartFault>> => {
  const { database, start, isSandbox, migrates } = deps
  const outdated = versionFault(await majorVersion(database))
  if (outdated.length > 0) return outdated
  if (migrates) await migrate(database)
  const faults = [
    ...durabilityFault(await durabilityOf(database), { isSandbox }),
    ...pendingFault(await pendingMigrations(database)),
  ]
  if (faults.length > 0) return faults
  await warnOfNewerSchema(deps)
  const started = await start()
  if (E.isRight(started)) return []
  return started.left.code === 'LEDGER_UNAVAILABLE' && started.left.fault !== undefined
    ? [faultOf(started.left.fault)]
    : [describeStartFailure(started.left)]
}

/** Why the service must not answer anybody yet. */
export const startFaults = async (deps: StartChecksDeps): Promise<ReadonlyArray<StartFault>> => {
  try {
    return await check(deps)
  } catch (error) {
    return [faultOf(deps.database.faultOf(error))]
  }
}
