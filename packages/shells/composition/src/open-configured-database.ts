import type { Config } from '@pull-secret/config'
import type { LedgerFault, Logger } from '@pull-secret/domain'
import { type AroundStatement, type Database, DatabaseSettingError, openDatabase } from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import { currentAddress } from './current-address.ts'
import { startFaultOf } from './database-start-fault.ts'
import type { StartFault } from './start-fault.ts'

export interface OpeningOptions {
  readonly logger: Logger
  /** Told of whatever the database fails with. */
  readonly onFault: (fault: LedgerFault) => void
  /** Told of every statement; absent: nobody is. */
  readonly aroundStatement?: AroundStatement
  /** Where it differs from the configured one. */
  readonly poolSize?: number
}

/** The database of a configuration, which connects on first use; or what is wrong with its settings and files. */
export const openConfiguredDatabase = async (
  config: Config['database'],
  { logger, onFault, aroundStatement, poolSize = config.poolSize }: OpeningOptions,
): Promise<E.Either<ReadonlyArray<StartFault>, Database>> => {
  const url = currentAddress(config, {
    onProblem: (message) => {
      logger.log('error', message)()
    },
  })
  if (E.isLeft(url)) return E.left([url.left])
  const { preparedStatements, statementTimeoutSeconds, tls } = config
  try {
    return E.right(
      await openDatabase({
        url: url.right,
        tls,
        poolSize,
        preparedStatements,
        statementTimeoutSeconds,
        logger,
        onFault,
        aroundStatement,
      }),
    )
  } catch (error) {
    if (error instanceof DatabaseSettingError) return E.left([startFaultOf(error.fault)])
    throw error
  }
}
