import type { SecretText } from '@pull-secret/domain'
import type { DatabasePlace } from './database-place.ts'
import { DatabaseSettingError } from './database-setting-error.ts'
import { readCaFile } from './read-ca-file.ts'

export interface TargetSettings {
  /** `postgresql://role:password@host:port/database`, as it reads now. */
  readonly url: () => SecretText
  /**
   * `verify-full`: the server's certificate and host name are verified, against `caFile` where given; `disable`: no
   * TLS, for a connection that something else protects.
   */
  readonly tls: { readonly mode: 'verify-full' | 'disable'; readonly caFile?: string }
}

/** What one connection is made to and with. */
export interface ConnectionTarget {
  readonly place: DatabasePlace
  readonly password: string
  /** Certificates in PEM form; absent: those of Node. */
  readonly ca?: string
}

const defaultPort = 5432
const rule = 'must read postgres://ROLE:PASSWORD@HOST:PORT/DATABASE, special characters percent-encoded'

const refused = (message: string): DatabaseSettingError => new DatabaseSettingError('ADDRESS_INVALID', message)

const parsed = (text: string) => {
  try {
    const { hostname, port, username, password, pathname, search, hash } = new URL(text)
    return {
      host: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? defaultPort : Number(port),
      role: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: decodeURIComponent(pathname).replace(/^\//, ''),
      rest: search + hash,
    }
  } catch {
    throw refused(`database.url ${rule}`)
  }
}

/**
 * Reads the address and the CA file. A parameter of the address has no effect, so none is allowed.
 *
 * @throws DatabaseSettingError that names the setting and its rule, never its value
 */
export const connectionTarget = ({ url, tls: { mode, caFile } }: TargetSettings): ConnectionTarget => {
  const { password, rest, ...place } = parsed(url().reveal())
  if (rest !== '') throw refused('database.url must have nothing after the name of the database')
  if (place.role === '' || place.database === '') throw refused(`database.url ${rule}`)
  if (mode === 'disable' || caFile === undefined) return { place, password }
  return { place: { ...place, caFile }, password, ca: readCaFile(caFile) }
}
