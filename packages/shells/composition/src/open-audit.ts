import { makeVerifyAudit, type VerifyAudit } from '@pull-secret/application'
import type { Config } from '@pull-secret/config'
import { makeSilentLogger } from '@pull-secret/in-memory'
import { makeNodeDigest } from '@pull-secret/platform-node'
import { makePostgresAuditChains } from '@pull-secret/postgres'
import * as E from 'fp-ts/lib/Either.js'
import { startFaultOf } from './database-start-fault.ts'
import { openConfiguredDatabase } from './open-configured-database.ts'
import type { StartFault } from './start-fault.ts'

/** The audit of the configured database, for who may only read it: neither keys nor registries are needed. */
export interface Audit {
  readonly verify: VerifyAudit
  /** What an error of `verify` means for who has to mend it. */
  readonly faultOf: (error: unknown) => StartFault
  readonly close: () => Promise<void>
}

export const openAudit = async (config: Config['database']): Promise<E.Either<ReadonlyArray<StartFault>, Audit>> => {
  const database = await openConfiguredDatabase(config, {
    logger: makeSilentLogger(),
    onFault: () => undefined,
    poolSize: 1,
  })
  if (E.isLeft(database)) return database
  return E.right({
    verify: makeVerifyAudit({ auditChains: makePostgresAuditChains(database.right), digest: makeNodeDigest() }),
    faultOf: (error) => startFaultOf(database.right.faultOf(error)),
    close: database.right.close,
  })
}
