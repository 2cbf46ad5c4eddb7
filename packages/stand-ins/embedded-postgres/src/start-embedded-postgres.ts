import { ensureCluster, openDataDirectory, readPassword } from './data-directory.ts'
import { createDatabase, dropDatabase } from './databases.ts'
import { awaitRelease } from './directory-owner.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { findFreePort } from './free-port.ts'
import { type Launcher, launchersForThisUser, selectLauncher } from './launcher.ts'
import { locateBinaries } from './locate-binaries.ts'
import { runInitdb } from './run-initdb.ts'
import { type ServerProcess, startServerProcess, type StopMode } from './server-process.ts'

export interface EmbeddedPostgresOptions {
  /** Holds the data and the superuser's password; created when missing. One server at a time owns it. */
  readonly dataDirectory: string
  /** TCP port on 127.0.0.1; 0 or absent = a free one. */
  readonly port?: number
  /**
   * Further settings of `postgresql.conf`, such as `{ max_connections: '200' }`. Address, port and log target are
   * fixed.
   */
  readonly settings?: Readonly<Record<string, string>>
  /** false = data may be lost when the machine stops (not when a process does), in exchange for speed. Default true. */
  readonly durable?: boolean
  /** Receives each line of the server's log; without it the log is discarded. */
  readonly onLog?: (line: string) => void
}

/** A running server. It ends with this process, however that ends, and does not keep this process running. */
export interface EmbeddedPostgres {
  readonly host: '127.0.0.1'
  readonly port: number
  /** Contains the superuser's password: keep it out of logs. */
  readonly superuserUrl: string
  /** The superuser's URL of one database; contains the password. */
  readonly connectionUrl: (database: string) => string
  /** Copies a template, by default the empty one. Nobody may be connected to the template meanwhile. */
  readonly createDatabase: (name: string, options?: { readonly template?: string }) => Promise<'created' | 'existed'>
  /** Ends the sessions in the database and drops it; a missing one is no error. */
  readonly dropDatabase: (name: string) => Promise<void>
  /** Resolves when the server has ended. Default `fast`; after 30 s it is stopped like `immediate`. */
  readonly stop: (mode?: StopMode) => Promise<void>
}

const withoutDurability = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
const freePortAttempts = 5

const startOnPort = async (
  requestedPort: number,
  start: (port: number) => Promise<ServerProcess>,
): Promise<{ readonly port: number; readonly server: ServerProcess }> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = requestedPort === 0 ? await findFreePort() : requestedPort
    try {
      return { port, server: await start(port) }
    } catch (error) {
      // Another program may take a free port before the server does; a requested port is never replaced.
      const isTaken = error instanceof EmbeddedPostgresError && error.code === 'PORT_IN_USE'
      if (requestedPort !== 0 || !isTaken || attempt === freePortAttempts) throw error
    }
  }
}

/** Starts a server with the given ways to run it; `startEmbeddedPostgres` is this with the ways fit for the user. */
export const startWithLaunchers = async (
  launchers: ReadonlyArray<Launcher>,
  {
    dataDirectory,
    port: requestedPort = 0,
    settings = {},
    durable: isDurable = true,
    onLog = () => {},
  }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> => {
  const binaries = await locateBinaries(`${process.platform}-${process.arch}`)
  const launcher = await selectLauncher(launchers, binaries.postgres)
  const paths = await openDataDirectory(dataDirectory)
  await awaitRelease(paths.data)
  await ensureCluster(paths, {
    dataDirectory,
    fileOwnerId: launcher.fileOwnerId,
    runInitdb: (unfinished) => runInitdb({ launcher, binaries, isDurable }, unfinished),
  })
  const password = await readPassword(paths, dataDirectory)
  const { port, server } = await startOnPort(requestedPort, (candidate) =>
    startServerProcess({
      launcher,
      postgres: binaries.postgres,
      clusterData: paths.data,
      port: candidate,
      settings: { ...(isDurable ? {} : withoutDurability), ...settings },
      onLog,
    }),
  )
  const connectionUrl = (database: string): string =>
    `postgresql://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  const superuserUrl = connectionUrl('postgres')
  return {
    host: '127.0.0.1',
    port,
    superuserUrl,
    connectionUrl,
    createDatabase: (name, options) => createDatabase(superuserUrl, name, options?.template),
    dropDatabase: (name) => dropDatabase(superuserUrl, name),
    stop: server.stop,
  }
}

/**
 * Starts a real PostgreSQL server, on data of an earlier start or on a new empty cluster.
 *
 * @throws EmbeddedPostgresError with a code and one sentence.
 */
export const startEmbeddedPostgres = (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> =>
  startWithLaunchers(launchersForThisUser(), options)
