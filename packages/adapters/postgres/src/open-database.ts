import type { LedgerFault, Logger } from '@pull-secret/domain'
import { type ClientConfig, Pool, TypeOverrides } from 'pg'
import { type AroundStatement, type Send, sendingWith } from './around-statement.ts'
import { configuredClient } from './configured-client.ts'
import { connectionTarget } from './connection-target.ts'
import { type Connections, makeConnections } from './connections.ts'
import { databaseFault } from './database-fault.ts'
import { DatabaseSettingError } from './database-setting-error.ts'
import type { Orm } from './open-orm.ts'
import { makePlaces, type Places } from './places.ts'
import { connectionOptions, connectTimeoutMilliseconds, poolOptions, type PoolSettings } from './pool-options.ts'
import { stateSessionTerms } from './terms.ts'

export interface DatabaseSettings extends PoolSettings {
  /** Named statements are several times faster, and impossible behind a transaction-mode pooler. */
  readonly preparedStatements: boolean
  /** Told of whatever the database, or the way to it, fails with. */
  readonly onFault: (fault: LedgerFault) => void
  /** Told of every statement; absent: nobody is. */
  readonly aroundStatement?: AroundStatement
  /** Where the ORM logs. */
  readonly logger: Logger
}

export interface Database {
  readonly pool: Pool
  readonly connections: Connections
  /** Every statement is sent through it. */
  readonly send: Send
  readonly preparedStatements: boolean
  readonly statementTimeoutSeconds: number
  /** What writes takes a place here first, so that some connections are left to reads. */
  readonly writes: Places
  /** What an error means for who has to mend it. Tells nobody. */
  readonly faultOf: (error: unknown) => LedgerFault
  /** The same, and tells `onFault`. */
  readonly report: (error: unknown) => LedgerFault
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

/** Reads address and CA again at each call. What cannot be used is told, and what was used before stays in use. */
const rereadTarget = (settings: DatabaseSettings) => {
  let target = connectionTarget(settings)
  return {
    last: () => target,
    current: () => {
      try {
        target = connectionTarget(settings)
      } catch (error) {
        if (!(error instanceof DatabaseSettingError)) throw error
        settings.onFault(error.fault)
      }
      return target
    },
  }
}

/** Reads are short and many wait for them; writes hold their connection over several statements. */
const keptForReads = (poolSize: number): number => (poolSize === 1 ? 0 : Math.max(1, Math.floor(poolSize / 4)))

/**
 * One pool for everything that this process does with the database. Connects on first use. Rejects with a
 * {@link DatabaseSettingError} when a setting, or the file that it names, cannot be used.
 */
export const openDatabase = async (settings: DatabaseSettings): Promise<Database> => {
  const { preparedStatements, statementTimeoutSeconds, poolSize, onFault, aroundStatement, logger } = settings
  const target = rereadTarget(settings)
  const current = (): ClientConfig => connectionOptions(target.current(), settings)
  const pool = new Pool({
    ...poolOptions(settings),
    types: rowTypes(),
    Client: configuredClient(current),
    // The pool waits for it, which its types leave out.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    ...(preparedStatements ? { onConnect: (client) => stateSessionTerms(client, settings) } : {}),
  })
  const faultOf = (error: unknown): LedgerFault => databaseFault(error, target.last().place)
  const report = (error: unknown): LedgerFault => {
    const fault = faultOf(error)
    onFault(fault)
    return fault
  }
  // An idle connection that breaks is told here. One in use fails its statement, and would without a listener also end
  // the process.
  pool.on('error', report)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  let ended: Promise<void> | undefined
  return {
    pool,
    connections: makeConnections(pool),
    send: sendingWith(aroundStatement, () => target.last().place),
    preparedStatements,
    statementTimeoutSeconds,
    writes: makePlaces({
      count: poolSize - keptForReads(poolSize),
      longestWaitMilliseconds: connectTimeoutMilliseconds,
    }),
    faultOf,
    report,
    openOrm: async () => (await import('./open-orm.ts')).openOrm(current, logger),
    close: () => (ended ??= pool.end()),
  }
}
