import pg from 'pg'
import { errorCodeOf } from './error-code-of.ts'

const duplicateDatabase = '42P04'

/** What the driver would otherwise take from PGSSLMODE, PGOPTIONS and the like, which are meant for other servers. */
const nothingFromEnvironment: pg.ClientConfig & Readonly<Record<'replication', string>> = {
  ssl: false,
  sslnegotiation: 'postgres',
  options: '-c application_name=embedded-postgres',
  application_name: 'embedded-postgres',
  client_encoding: 'UTF8',
  replication: 'false',
}

/** Runs one statement as the superuser, on a connection of its own. */
export const runStatement = async (superuserUrl: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: superuserUrl, ...nothingFromEnvironment })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Creates a database as a copy of a template; answers `existed` and changes nothing when there is one of that name. */
export const createDatabase = async (
  superuserUrl: string,
  name: string,
  template = 'template1',
): Promise<'created' | 'existed'> => {
  const [database, source] = [pg.escapeIdentifier(name), pg.escapeIdentifier(template)]
  try {
    await runStatement(superuserUrl, `CREATE DATABASE ${database} TEMPLATE ${source}`)
    return 'created'
  } catch (error) {
    if (errorCodeOf(error) === duplicateDatabase) return 'existed'
    throw error
  }
}

/** Drops a database and ends the sessions in it; does nothing when there is none of that name. */
export const dropDatabase = (superuserUrl: string, name: string): Promise<void> =>
  runStatement(superuserUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
