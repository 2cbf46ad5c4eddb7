import type { Config } from '@pull-secret/config'
import type { Logger } from '@pull-secret/domain'
import { type Database, openDatabase } from '@pull-secret/postgres'

export interface OpeningOptions {
  readonly logger: Logger
  /** Where it differs from the configured one. */
  readonly poolSize?: number
}

/** The database of a configuration. Rejects as `openDatabase` does. */
export const openConfiguredDatabase = (
  { url, poolSize, preparedStatements, statementTimeoutSeconds, tls: { mode, caFile } }: Config['database'],
  { logger, poolSize: ownPoolSize = poolSize }: OpeningOptions,
): Promise<Database> =>
  openDatabase({
    url,
    poolSize: ownPoolSize,
    preparedStatements,
    statementTimeoutSeconds,
    logger,
    tls: mode === 'verify-full' ? { caFile } : undefined,
  })
