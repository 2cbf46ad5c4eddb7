import { chown, cp, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { removeWithParent } from './remove-with-parent.ts'
import type { StopMode } from './server-process.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

type Row = Readonly<Record<string, unknown>>

/** A server of one spec's own, to be configured, stopped and started as the spec likes. */
export interface OwnServer {
  /** The superuser's, always the same. */
  readonly url: string
  /** Runs statements as the superuser on a connection of their own; gives the rows of the last. */
  readonly query: (...statements: ReadonlyArray<string>) => Promise<ReadonlyArray<Row>>
  /** `immediate` loses what was not written yet, as a crash does. */
  readonly stop: (mode?: StopMode) => Promise<void>
  readonly start: () => Promise<void>
  /** Another server on a copy of the data as they are now: a hot standby, which takes no writes. */
  readonly openStandby: () => Promise<OwnServer>
  /** Stops the server and removes its data. */
  readonly close: () => Promise<void>
}

const queryAt = async (url: string, statements: ReadonlyArray<string>): Promise<ReadonlyArray<Row>> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: ReadonlyArray<Row> = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

const standbyOf = async (dataDirectory: string): Promise<string> => {
  const copy = await makeTemporaryFolder()
  await cp(dataDirectory, copy, { recursive: true })
  const signal = join(copy, 'cluster', 'data', 'standby.signal')
  await writeFile(signal, '')
  const { uid, gid } = await stat(join(copy, 'cluster', 'data', 'PG_VERSION'))
  await chown(signal, uid, gid)
  return copy
}

const openOn = async (dataDirectory: string, settings: Readonly<Record<string, string>>): Promise<OwnServer> => {
  const keepDirectory = removeWithParent(dataDirectory)
  const startOn = (port: number): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ dataDirectory, durable: false, settings, port })
  let server = await startOn(0)
  const { superuserUrl: url, port } = server
  const stop = (mode?: StopMode): Promise<void> => server.stop(mode)
  const start = async (): Promise<void> => {
    server = await startOn(port)
  }
  return {
    url,
    query: (...statements) => queryAt(url, statements),
    stop,
    start,
    openStandby: async () => {
      await stop()
      const copy = await standbyOf(dataDirectory)
      await start()
      return openOn(copy, settings)
    },
    close: async () => {
      await stop('immediate')
      await rm(dataDirectory, { recursive: true, force: true })
      keepDirectory()
    },
  }
}

/** Starts a server on an empty cluster, which takes a second: for what {@link openTestDatabase} cannot show. */
export const openOwnServer = async (settings: Readonly<Record<string, string>> = {}): Promise<OwnServer> =>
  openOn(await makeTemporaryFolder(), settings)
