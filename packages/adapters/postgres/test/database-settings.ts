import { type Logger, secretText } from '@pull-secret/domain'
import type { DatabaseSettings } from '../src/index.ts'

export const silent: Logger = { log: () => () => undefined }

/** How a database is opened where a spec asks for nothing else. */
export const databaseSettings = (url: string, own: Partial<DatabaseSettings> = {}): DatabaseSettings => ({
  url: () => secretText(url),
  tls: { mode: 'disable' },
  poolSize: 10,
  statementTimeoutSeconds: 5,
  preparedStatements: true,
  logger: silent,
  onFault: () => undefined,
  ...own,
})
