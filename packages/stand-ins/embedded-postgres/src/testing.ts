import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { runStatement } from './databases.ts'
export { runStatement }
export { withLibpqVariables } from './libpq-variables.ts'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
export { openOwnServer, type OwnServer } from './own-server.ts'
import { removeWithParent } from './remove-with-parent.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

/** A database of one spec file's own. */
export interface TestDatabase {
  readonly url: string
  /** Lets the sessions in the database end, ends those that stay, and drops it. */
  readonly drop: () => Promise<void>
}

export interface TestDatabaseOptions {
  /** Names the template: databases asked for under one name are copies of one prepared database. */
  readonly name: string
  /** Fills the template, such as by migrations. Runs once per name and process, and must close its connections. */
  readonly prepare: (url: string) => Promise<void>
}

/**
 * Waits a second at most until a database has no session. A pool of `pg` calls itself ended before its sessions are:
 * one that the server ended meanwhile would be an error that nobody expects.
 */
const waitForLastSession = (postgres: EmbeddedPostgres, database: string): Promise<void> =>
  runStatement(
    postgres.superuserUrl,
    `do $$ begin
      for attempt in 1..100 loop
        exit when not exists (select from pg_stat_activity where datname = '${database}');
        perform pg_sleep(0.01), pg_stat_clear_snapshot();
      end loop;
    end $$`,
  )

interface TestServer {
  readonly openDatabase: (options: TestDatabaseOptions) => Promise<TestDatabase>
  readonly close: () => Promise<void>
}

const prepareTemplate = async (postgres: EmbeddedPostgres, { name, prepare }: TestDatabaseOptions): Promise<string> => {
  const template = `template_${name}`
  await postgres.createDatabase(template)
  await prepare(postgres.connectionUrl(template))
  return template
}

const startTestServer = async (): Promise<TestServer> => {
  const dataDirectory = await makeTemporaryFolder()
  const keepDirectory = removeWithParent(dataDirectory)
  const postgres = await startEmbeddedPostgres({
    dataDirectory,
    durable: false,
    // A vacuum that visits a template delays its next copy. The log is kept short, as it may lie in memory.
    settings: { max_connections: '200', autovacuum: 'off', min_wal_size: '32MB', max_wal_size: '128MB' },
  })
  const templates = new Map<string, Promise<string>>()
  return {
    openDatabase: async (options) => {
      const preparing = templates.get(options.name) ?? prepareTemplate(postgres, options)
      templates.set(options.name, preparing)
      const database = `test_${options.name}_${randomBytes(4).toString('hex')}`
      await postgres.createDatabase(database, { template: await preparing })
      return {
        url: postgres.connectionUrl(database),
        drop: async () => {
          await waitForLastSession(postgres, database)
          await postgres.dropDatabase(database)
        },
      }
    },
    close: async () => {
      await postgres.stop('immediate')
      await rm(dataDirectory, { recursive: true, force: true })
      keepDirectory()
    },
  }
}

let sharedServer: Promise<TestServer> | undefined

/** Opens a fresh database on the server all specs of this process share; the first call starts it. */
export const openTestDatabase = async (options: TestDatabaseOptions): Promise<TestDatabase> => {
  sharedServer ??= startTestServer()
  return (await sharedServer).openDatabase(options)
}

/** Stops the shared server, if one was started, and removes its data. */
export const closeTestServer = async (): Promise<void> => {
  const server = sharedServer
  sharedServer = undefined
  await (await server)?.close()
}

/**
 * Root hooks of mocha: `--require @pull-secret/embedded-postgres/testing` closes the shared server after the last
 * spec.
 */
export const mochaHooks = { afterAll: closeTestServer }
