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

/** A ping rejects with an error that the ledger does not know. */
const worksWhenUsed = async ({ reads }: ServerRoot): Promise<boolean> => {
  const pings = await Promise.allSettled(Array.from({ length: concurrentPings }, () => reads.ping()))
  return pings.every((ping) => ping.status === 'fulfilled' && E.isRight(ping.value))
}

const isAboutDatabase = (faults: ReadonlyArray<StartFault>): boolean =>
  faults.every(({ field }) => field === 'database')

export const poolerHint =
  'the database is behind a pooler in transaction mode: set database.prepared_statements to false'

/**
 * A pooler that gives each transaction another connection breaks named statements (PostgreSQL 42P05, 26000). A
 * statement that fails only when it is prepared fails for that reason.
 */
export const checkPreparedStatements = async (config: Config, open: OpenRoot): Promise<PreparedStatements> => {
  const opening = await open(config)
  if (E.isLeft(opening) && !isAboutDatabase(opening.left))
    return { check: skipped(name, 'the service cannot start'), opening }
  if (!config.database.preparedStatements) return { check: skipped(name, 'disabled'), opening }
  if (E.isRight(opening) && (await worksWhenUsed(opening.right))) return { check: ok(name, 'supported'), opening }
  const without = await open({ ...config, database: { ...config.database, preparedStatements: false } })
  if (E.isLeft(without)) return { check: skipped(name, 'the service cannot start'), opening }
  if (!(await worksWhenUsed(without.right))) {
    await without.right.close()
    return { check: skipped(name, 'the database does not take what the service writes'), opening }
  }
  if (E.isRight(opening)) await opening.right.close()
  return {
    check: failed(name, 'prepared statements fail, but the same statements work unprepared', poolerHint),
    opening: without,
  }
}
