import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { removeWithParent } from './remove-with-parent.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

/** A database of one spec file's own. */
export interface TestDatabase {
  readonly url: string
  /** Ends the sessions in the database and drops it. */
  readonly drop: () => Promise<void>
}

export interface TestDatabaseOptions {
  /** Names the template: databases asked for under one name are copies of one prepared database. */
  readonly name: string
  /** Fills the template, such as by migrations. Runs once per name and process, and must close its connections. */
  readonly prepare: (url: string) => Promise<void>
}

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
      return { url: postgres.connectionUrl(database), drop: () => postgres.dropDatabase(database) }
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
