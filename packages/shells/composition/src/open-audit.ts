import { makeVerifyAudit, type VerifyAudit } from '@pull-secret/application'
import type { Config } from '@pull-secret/config'
import { makeSilentLogger } from '@pull-secret/in-memory'
import { makeNodeDigest } from '@pull-secret/platform-node'
import { type Database, makePostgresAuditChains } from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import { openConfiguredDatabase } from './open-configured-database.ts'
import { databaseFault } from './start-checks.ts'
import type { StartFault } from './start-fault.ts'

/** The audit of the configured database, for who may only read it: neither keys nor registries are needed. */
export interface Audit {
  /** Rejects where the database has no audit that it may read. */
  readonly verify: VerifyAudit
  readonly close: () => Promise<void>
}

const tryOpening = async (config: Config['database']): Promise<E.Either<ReadonlyArray<StartFault>, Database>> => {
  try {
    return E.right(await openConfiguredDatabase(config, { logger: makeSilentLogger(), poolSize: 1 }))
  } catch (error) {
    return E.left([databaseFault(error)])
  }
}

export const openAudit = async (config: Config['database']): Promise<E.Either<ReadonlyArray<StartFault>, Audit>> => {
  const database = await tryOpening(config)
  if (E.isLeft(database)) return database
  return E.right({
    verify: makeVerifyAudit({ auditChains: makePostgresAuditChains(database.right), digest: makeNodeDigest() }),
    close: database.right.close,
  })
}
