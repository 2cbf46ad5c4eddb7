import { MikroORM } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
import type { Logger, SecretText } from '@pull-secret/domain'
import { readFileSync } from 'node:fs'
import type { Pool } from 'pg'
import { DeploymentEntity } from './deployment-entity.ts'
import { Migration20261121Ledger } from './migrations/migration-20261121-ledger.ts'

export interface DatabaseSettings {
  /** `postgresql://user:password@host:port/database`. */
  readonly url: SecretText
  /** Connections of this process; 10 where not said. */
  readonly poolSize?: number
  /** Named statements are several times faster, and impossible behind a transaction-mode pooler. */
  readonly preparedStatements: boolean
  /** Absent: no TLS. Present: the server's certificate and host name are verified, against `caFile` where given. */
  readonly tls?: { readonly caFile?: string }
  /** How long one statement may take; 5 where not said. */
  readonly statementTimeoutSeconds?: number
  readonly logger: Logger
}

export interface Database {
  readonly orm: Pick<MikroORM, 'em' | 'migrator' | 'close'>
  readonly pool: Pool
  readonly preparedStatements: boolean
  readonly statementTimeoutSeconds: number
  readonly close: () => Promise<void>
}

const connectionLifetimeSeconds = 3600
const idleConnections = 5
const connectTimeoutMilliseconds = 3000

const tlsOptions = (tls: DatabaseSettings['tls']): object =>
  tls === undefined ? {} : { ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(tls.caFile === undefined ? {} : { ca: readFileSync(tls.caFile, 'utf8') }) } }

/** One pool, shared by the ORM and by the statements that this package writes itself. Connects on first use. */
export const openDatabase = async (settings: DatabaseSettings): Promise<Database> => {
  const { url, poolSize = 10, preparedStatements, tls, statementTimeoutSeconds = 5, logger } = settings
  // A server that went away without a word is noticed here, a moment after it should have ended the statement itself.
  const answerTimeoutMilliseconds = (statementTimeoutSeconds + 2) * 1000
  const orm = await MikroORM.init({
    clientUrl: url.reveal(),
    entities: [DeploymentEntity],
    extensions: [Migrator],
    ensureDatabase: false,
    pool: { min: 0, max: poolSize, idleTimeoutMillis: 30_000 },
    driverOptions: {
      min: Math.min(idleConnections, poolSize), maxLifetimeSeconds: connectionLifetimeSeconds, connectionTimeoutMillis: connectTimeoutMilliseconds,
      query_timeout: answerTimeoutMilliseconds, keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...tlsOptions(tls),
    },
    migrations: { migrationsList: [Migration20261121Ledger], snapshot: false, tableName: 'schema_migrations', silent: true },
    logger: (message) => { logger.log('warn', message)() },
    debug: false,
  })
  const pool = await orm.em.getDriver().getConnection().getNativeClient()
  return { orm, pool, preparedStatements, statementTimeoutSeconds, close: () => orm.close(true) }
}
