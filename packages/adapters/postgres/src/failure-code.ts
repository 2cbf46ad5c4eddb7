import { sqlStateOf } from './sql-state.ts'

/** What the driver names by a message alone. */
const codesByMessage: ReadonlyArray<readonly [RegExp, string]> = [
  [/does not support SSL connections/, 'TLS_NOT_OFFERED'],
  [/error establishing an SSL connection/, 'TLS_NOT_ESTABLISHED'],
  [/^SASL: .*password must be a/, 'PASSWORD_MISSING'],
  [/due to connection timeout|timeout expired/, 'CONNECT_TIMEOUT'],
  [/timeout exceeded when trying to connect/, 'POOL_EXHAUSTED'],
  [/Query read timeout/, 'QUERY_TIMEOUT'],
  [/Connection terminated|not queryable/, 'CONNECTION_LOST'],
]

export const unknownCode = 'UNKNOWN'

/**
 * The code by which an error of the driver is known: PostgreSQL's SQLSTATE, Node's code of the connection, or one of
 * ours where the driver has only a message.
 */
export const failureCodeOf = (error: unknown): string => {
  const sqlState = sqlStateOf(error)
  if (sqlState !== undefined) return sqlState
  const { code, message = '' } = (error ?? {}) as { readonly code?: unknown; readonly message?: string }
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) return code
  return codesByMessage.find(([pattern]) => pattern.test(message))?.[1] ?? unknownCode
}
