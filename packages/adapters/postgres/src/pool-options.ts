import { readFileSync } from 'node:fs'
import type { SecretText } from '@pull-secret/domain'
import type { PoolConfig } from 'pg'

export interface PoolSettings {
  /** `postgresql://user:password@host:port/database`; parameters after it are not looked at. */
  readonly url: SecretText
  /** Connections of this process. */
  readonly poolSize: number
  /** Absent: no TLS. Present: the server's certificate and host name are verified, against `caFile` where given. */
  readonly tls?: { readonly caFile?: string }
  /** How long one statement may take. */
  readonly statementTimeoutSeconds: number
}

const connectionLifetimeSeconds = 3600
const idleConnections = 5
const idleMilliseconds = 30_000
export const connectTimeoutMilliseconds = 3000
const keepAliveMilliseconds = 10_000

const tlsOptions = (tls: PoolSettings['tls']): PoolConfig =>
  tls === undefined
    ? {}
    : {
        ssl: {
          rejectUnauthorized: true,
          minVersion: 'TLSv1.2',
          ...(tls.caFile === undefined ? {} : { ca: readFileSync(tls.caFile, 'utf8') }),
        },
      }

/**
 * The driver would let parameters of an address, such as sslmode, outweigh the TLS settings: only its parts are given
 * to it.
 */
const addressOf = (url: SecretText): PoolConfig => {
  const { hostname, port, username, password, pathname } = new URL(url.reveal())
  return {
    host: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname).replace(/^\//, ''),
  }
}

/** How the driver is to connect. Throws when the CA file cannot be read. */
export const poolOptions = ({ url, poolSize, tls, statementTimeoutSeconds }: PoolSettings): PoolConfig => ({
  ...addressOf(url),
  ...tlsOptions(tls),
  min: Math.min(idleConnections, poolSize),
  max: poolSize,
  idleTimeoutMillis: idleMilliseconds,
  maxLifetimeSeconds: connectionLifetimeSeconds,
  connectionTimeoutMillis: connectTimeoutMilliseconds,
  // A server that went away without a word is noticed here, a moment after it should have ended the statement itself.
  query_timeout: (statementTimeoutSeconds + 2) * 1000,
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveMilliseconds,
})
