import type { ClientConfig, PoolConfig } from 'pg'
import type { ConnectionTarget, TargetSettings } from './connection-target.ts'

export interface PoolSettings extends TargetSettings {
  /** Connections of this process. */
  readonly poolSize: number
  /** How long one statement may take. */
  readonly statementTimeoutSeconds: number
}

const connectionLifetimeSeconds = 3600
const idleConnections = 5
const idleMilliseconds = 30_000
export const connectTimeoutMilliseconds = 3000
const keepAliveMilliseconds = 10_000

/**
 * Where a connection goes. What is missing or empty here the driver takes from libpq's variables, such as PGSSLMODE or
 * PGPASSWORD, and from `.pgpass`: everything is given, and the password as a function, which is never empty.
 */
export const connectionOptions = (
  { place, password, ca }: ConnectionTarget,
  { tls }: Pick<TargetSettings, 'tls'>,
): ClientConfig & { readonly sslnegotiation: 'postgres' } => ({
  host: place.host,
  port: place.port,
  user: place.role,
  password: () => password,
  database: place.database,
  // Given as well, so that NODE_TLS_REJECT_UNAUTHORIZED does not decide.
  ssl: tls.mode === 'disable' ? false : { rejectUnauthorized: true, minVersion: 'TLSv1.2', ca },
  sslnegotiation: 'postgres',
  application_name: 'pull-secret-service',
  client_encoding: 'UTF8',
  connectionTimeoutMillis: connectTimeoutMilliseconds,
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveMilliseconds,
})

/** How many connections there are, how long each is kept, and how long an answer is waited for. */
export const poolOptions = ({ poolSize, statementTimeoutSeconds }: PoolSettings): PoolConfig => ({
  min: Math.min(idleConnections, poolSize),
  max: poolSize,
  idleTimeoutMillis: idleMilliseconds,
  maxLifetimeSeconds: connectionLifetimeSeconds,
  connectionTimeoutMillis: connectTimeoutMilliseconds,
  // A server that went away without a word is noticed here, a moment after it should have ended the statement itself.
  query_timeout: (statementTimeoutSeconds + 2) * 1000,
})
