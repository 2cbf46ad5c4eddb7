import type { ServerRoot, StartFault } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import { type Check, failed, ok, skipped } from './check.ts'

export type Opening = E.Either<ReadonlyArray<StartFault>, ServerRoot>
export type OpenRoot = (config: Config) => Promise<Opening>

export interface PreparedStatements {
  readonly check: Check
  /** The service as far as it opened, for further checks. */
  readonly opening: Opening
}

const name = 'prepared statements'
/** More than a pool's connections, so that several of them prepare the same name. */
const concurrentPings = 30

/** An error that the ledger does not know rejects. */
const worksWhenUsed = async ({ reads }: ServerRoot): Promise<boolean> => {
  const pings = await Promise.allSettled(Array.from({ length: concurrentPings }, () => reads.ping()))
  return pings.every((ping) => ping.status === 'fulfilled' && E.isRight(ping.value))
}

const isAboutDatabase = (faults: ReadonlyArray<StartFault>): boolean =>
  faults.every(({ field }) => field === 'database')

const poolerHint = 'a pooler in transaction mode stands before the database: set database.prepared_statements to false'

/**
 * A pooler that gives each transaction another connection breaks named statements (PostgreSQL 42P05, 26000). What fails
 * with them and works without them fails because of that.
 */
export const checkPreparedStatements = async (config: Config, open: OpenRoot): Promise<PreparedStatements> => {
  const opening = await open(config)
  if (E.isLeft(opening) && !isAboutDatabase(opening.left))
    return { check: skipped(name, 'the service does not open'), opening }
  if (!config.database.preparedStatements) return { check: skipped(name, 'switched off'), opening }
  if (E.isRight(opening) && (await worksWhenUsed(opening.right))) return { check: ok(name, 'work'), opening }
  const without = await open({ ...config, database: { ...config.database, preparedStatements: false } })
  if (E.isLeft(without)) return { check: skipped(name, 'the service does not open'), opening }
  if (E.isRight(opening)) await opening.right.close()
  return { check: failed(name, 'statements fail that work unprepared', poolerHint), opening: without }
}
