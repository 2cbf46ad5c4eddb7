import { type Config, decodeSetting, defaultOf, type Mismatch } from '@pull-secret/config'
import { type SecretText, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { StartFault } from './start-fault.ts'

/** A ledger in PostgreSQL, its tokens sealed under a key ring file. Needs the packages of both. */
export interface EmbeddedDatabase {
  readonly url: SecretText
  readonly keyRingFile: string
  /** False behind a transaction-mode pooler; true by default. */
  readonly preparedStatements?: boolean
  readonly tls?: { readonly mode?: 'verify-full' | 'disable'; readonly caFile?: string }
  /** True accepts a database that a crash damages, such as one with fsync off; false by default. */
  readonly sandbox?: boolean
}

const faultsOf = (field: string, result: E.Either<ReadonlyArray<Mismatch>, unknown>): ReadonlyArray<StartFault> =>
  E.isRight(result) ? [] : result.left.map(({ message }) => ({ field, message: message.replace('the value', field) }))

/** The database of an embedding program, by the rules and with the defaults of a server's; or what breaks a rule. */
export const embeddedDatabaseSettings = ({
  url,
  preparedStatements = defaultOf('database.prepared_statements'),
  tls: { mode = defaultOf('database.tls.mode'), caFile } = {},
}: EmbeddedDatabase): E.Either<ReadonlyArray<StartFault>, Config['database']> => {
  const address = decodeSetting('database.url', url.reveal())
  const tlsMode = decodeSetting('database.tls.mode', mode)
  if (E.isLeft(address) || E.isLeft(tlsMode)) {
    return E.left([...faultsOf('database.url', address), ...faultsOf('database.tls.mode', tlsMode)])
  }
  return E.right({
    url: secretText(address.right),
    tls: { mode: tlsMode.right, caFile },
    preparedStatements,
    poolSize: defaultOf('database.pool_size'),
    statementTimeoutSeconds: defaultOf('database.statement_timeout_seconds'),
  })
}
