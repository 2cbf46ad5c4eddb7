import type { Logger } from '@pull-secret/domain'
import { Pool, TypeOverrides } from 'pg'
import type { Orm } from './open-orm.ts'
import { makePlaces, type Places } from './places.ts'
import { connectTimeoutMilliseconds, poolOptions, type PoolSettings } from './pool-options.ts'
import { limitSession } from './session-limits.ts'

export interface DatabaseSettings extends PoolSettings {
  /** Named statements are several times faster, and impossible behind a transaction-mode pooler. */
  readonly preparedStatements: boolean
  readonly logger: Logger
}

export interface Database {
  readonly pool: Pool
  readonly preparedStatements: boolean
  readonly statementTimeoutSeconds: number
  /** What writes takes a place here first, so that some connections are left to reads. */
  readonly writes: Places
  /**
   * The ORM, on a connection of its own, for who migrates. Loading it takes longer than all else at a start. Who
   * opens it closes it.
   */
  readonly openOrm: () => Promise<Orm>
  /** Waits for every connection to come back. May be called again. */
  readonly close: () => Promise<void>
}

const timestamptz = 1184

/** Timestamps stay as PostgreSQL writes them: a Date would lose their microseconds. */
const rowTypes = (): TypeOverrides => {
  const types = new TypeOverrides()
  types.setTypeParser(timestamptz, (text: string) => text)
  return types
}

/**
 * A broken connection that nobody listens to would end the process; whoever uses it is told by the statement that
 * fails.
 */
const logBroken = (pool: Pool, logger: Logger): void => {
  const log = ({ code }: NodeJS.ErrnoException): void => {
    logger.log('warn', 'a database connection broke', { error_code: code })()
  }
  pool.on('error', log)
  pool.on('connect', (client) => {
    client.on('error', log)
  })
}

/** Reads are short and many wait for them; writes hold their connection over several statements. */
const keptForReads = (poolSize: number): number => (poolSize === 1 ? 0 : Math.max(1, Math.floor(poolSize / 4)))

/** One pool for everything that this process does with the database. Connects on first use. */
export const openDatabase = async (settings: DatabaseSettings): Promise<Database> => {
  const { preparedStatements, statementTimeoutSeconds, poolSize, logger } = settings
  const options = poolOptions(settings)
  const pool = new Pool({
    ...options,
    types: rowTypes(),
    // The pool waits for it, which its types leave out.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    ...(preparedStatements ? { onConnect: (client) => limitSession(client, statementTimeoutSeconds) } : {}),
  })
  logBroken(pool, logger)
  let ended: Promise<void> | undefined
  return {
    pool,
    preparedStatements,
    statementTimeoutSeconds,
    writes: makePlaces({
      count: poolSize - keptForReads(poolSize),
      longestWaitMilliseconds: connectTimeoutMilliseconds,
    }),
    openOrm: async () => (await import('./open-orm.ts')).openOrm(options, logger),
    close: () => (ended ??= pool.end()),
  }
}
