import { type FaultRow, lasting, passing } from './fault-row.ts'

const pooledStatements = lasting(
  '{at} is behind a pooler in transaction mode: set database.prepared_statements to false',
)
const otherSchema = lasting(
  'the schema of {database} at {place} lacks what this version needs: run pull-secret migrate, ' +
    'or put back what was removed',
)
const conflicts = passing('{at} ended a transaction that conflicted with others, again and again')
const ended = passing('{at} ended the connection, as it does when it stops or an administrator asks for it')

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const sqlStateFaults: Readonly<Record<string, FaultRow>> = {
  '28P01': lasting('{at} refuses the password of {role}, or has no such role: correct database.url'),
  '28000': lasting(
    '{at} does not let {role} into {database} from here: check database.url, database.tls and its pg_hba.conf',
  ),
  '3D000': lasting('{at} has no {database}: create it, or correct database.url'),
  '42501': lasting('{role} lacks a right in {database}: grant it in {at}'),
  '42P05': pooledStatements,
  '26000': pooledStatements,
  '42P01': otherSchema,
  '42703': otherSchema,
  '42883': otherSchema,
  '3F000': otherSchema,
  '25006': passing(
    '{at} is read-only: it is a standby, or default_transaction_read_only is on; ' +
      'database.url has to lead to the primary',
  ),
  '01000': passing('{at} acknowledged a commit with a warning: a failover to its synchronous standby may lose it'),
  '25P02': passing('{at} rolled a transaction back in which a statement had failed'),
  '42P07': lasting(
    '{database} at {place} has a table that its record of migrations does not know: ' +
      'it belongs to something else, or only a part of it was restored',
  ),
  '55000': lasting('{at} is not in a state in which this works: perhaps {database} has allow_connections off'),
  '53100': passing('{at} has no disk space left: free some'),
  '53300': passing(
    '{at} has too many connections, in all or for {role} or {database}: raise its limit, or lower database.pool_size',
  ),
  '55P03': passing('{at} did not give a lock in time: another session holds it'),
  '57014': passing(
    '{at} ended a statement that took too long: find what slows it down, ' +
      'or raise database.statement_timeout_seconds',
  ),
  '57P01': ended,
  '57P02': ended,
  '57P05': ended,
  '25P03': ended,
  '25P04': ended,
  '57P03': passing('{at} is starting, stopping or recovering, and accepts no connection yet'),
  '57P04': lasting('{database} was dropped in {at}: restore it, or correct database.url'),
  '40001': conflicts,
  '40P01': conflicts,
}

/** By the first two characters, for the codes without a row of their own. */
export const sqlStateClassFaults: Readonly<Record<string, FaultRow>> = {
  '08': passing('the connection to {at}, or a pooler before it, fails with SQLSTATE {code}'),
  '28': lasting('{at} does not accept {role} (SQLSTATE {code}): check database.url'),
  '53': passing('{at} lacks a resource such as memory (SQLSTATE {code})'),
  '57': passing('an administrator of {at} intervened (SQLSTATE {code})'),
  '58': passing('{at} has trouble with its own files (SQLSTATE {code}): see its log'),
  F0: lasting('{at} has trouble with its own configuration (SQLSTATE {code}): see its log'),
  XX: passing('{at} has an internal error (SQLSTATE {code}): see its log'),
}
