import { type ClientBase, escapeLiteral } from 'pg'

/** A transaction that stands still ends before those who wait for its locks give up. */
const idleMilliseconds = ({ statementTimeoutSeconds }: TermsSettings): number => statementTimeoutSeconds * 750

/** How long to wait for a lock, which others hold for one short transaction at a time. */
const lockTimeout = '3s'

export interface TermsSettings {
  /** How long one statement may take; a transaction may do nothing for three quarters of it. */
  readonly statementTimeoutSeconds: number
}

/** Temporary tables, which a client before us may have left in a shared session, come last. */
const searchPath = 'public, pg_temp'

/** What anything weaker acknowledges, a crash or a failover may lose. Anything stronger stays. */
const synchronousCommit = `
  case when current_setting('synchronous_commit') in ('off', 'local', 'remote_write') then 'on'
    else current_setting('synchronous_commit') end`

/**
 * The search path comes first, so that the functions below are PostgreSQL's own. The server ends by itself what takes
 * too long: a client that gives up waiting leaves its backend behind.
 */
const settings = ({ statementTimeoutSeconds }: TermsSettings, set: 'set' | 'set local'): ReadonlyArray<string> => [
  `${set} search_path to ${searchPath}`,
  `${set} datestyle to iso`,
  `${set} client_min_messages to warning`,
  `${set} statement_timeout to '${String(statementTimeoutSeconds)}s'`,
  `${set} lock_timeout to '${lockTimeout}'`,
]

export interface TransactionTerms extends TermsSettings {
  readonly mayWrite: boolean
  /** Whose lock it holds; absent: nobody's. */
  readonly lockedCluster?: string
}

/**
 * Every change shares this lock, and who agrees on registries has it alone: what a change was told about them holds
 * until it is written.
 */
export const registriesLock = `hashtextextended('registries', 1)`

/**
 * Begins a transaction on terms of its own, whatever the defaults of server, database and role are. They end with it,
 * because behind a pooler its session serves others too. All in one message: every further one costs a way there and
 * back.
 */
export const beginning = (terms: TransactionTerms): string =>
  [
    `begin isolation level read committed${terms.mayWrite ? '' : ' read only'}`,
    ...settings(terms, 'set local'),
    `set local idle_in_transaction_session_timeout to ${String(idleMilliseconds(terms))}`,
    ...(terms.mayWrite
      ? [
          `select set_config('synchronous_commit', ${synchronousCommit}, true),
             current_setting('transaction_read_only') = 'on' as is_read_only`,
        ]
      : []),
    ...(terms.lockedCluster === undefined
      ? []
      : [
          `select pg_advisory_xact_lock_shared(${registriesLock}),
             pg_advisory_xact_lock(hashtextextended(${escapeLiteral(terms.lockedCluster)}, 0))`,
        ]),
  ].join('; ')

/** For a transaction that migrates. It may rewrite a large table, and waits for other replicas: it takes its time. */
export const migrationTerms: ReadonlyArray<string> = [
  'set transaction isolation level read committed',
  `set local search_path to ${searchPath}`,
  ...['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'].map(
    (limit) => `set local ${limit} to 0`,
  ),
  `select set_config('synchronous_commit', ${synchronousCommit}, true)`,
]

/** The same for a session of our own, where statements run without a transaction around them. */
export const stateSessionTerms = async (client: ClientBase, terms: TermsSettings): Promise<void> => {
  await client.query(
    [
      ...settings(terms, 'set'),
      `set default_transaction_isolation to 'read committed'`,
      `select set_config('synchronous_commit', ${synchronousCommit}, false)`,
    ].join('; '),
  )
}
