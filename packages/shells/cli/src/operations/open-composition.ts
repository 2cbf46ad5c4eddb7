import type { Audit, Migrations, ServerRoot, StartFault } from '@pull-secret/composition/server'
import type { Config, ReadableParts } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { ProcessContext } from '../process-context.ts'

type Opening<A> = E.Either<ReadonlyArray<StartFault>, A>

/** The text of an unknown error may quote the address of the database: it is not repeated. */
const unusable: Opening<never> = E.left([
  { field: 'database', message: 'the database cannot be used with this configuration' },
])

const guarded = async <A>(open: () => Promise<Opening<A>>): Promise<Opening<A>> => {
  try {
    return await open()
  } catch {
    return unusable
  }
}

export interface OpenRootDeps {
  readonly processContext: Pick<ProcessContext, 'stderr'>
  readonly version: string
  /** Writes nothing to the database. */
  readonly readOnly?: boolean
  /** Works without the file of access tokens. */
  readonly withoutCallers?: boolean
}

/** The service, for commands: it logs to standard error. */
export const openRoot = (
  config: Config,
  { processContext, version, ...needs }: OpenRootDeps,
): Promise<Opening<ServerRoot>> =>
  guarded(async () => {
    const { openServer } = await import('@pull-secret/composition/server')
    return openServer(config, { component: 'pull-secret-cli', version, logStream: processContext.stderr, ...needs })
  })

/** The schema of the configured database. */
export const openSchema = (config: Config['database']): Promise<Opening<Migrations>> =>
  guarded(async () => {
    const { openMigrations } = await import('@pull-secret/composition/server')
    return openMigrations(config)
  })

/** The audit of the configured database. */
export const openAuditOf = (config: Config['database']): Promise<Opening<Audit>> =>
  guarded(async () => {
    const { openAudit } = await import('@pull-secret/composition/server')
    return openAudit(config)
  })

/** What is wrong with the files and sections that a refused configuration names. */
export const faultsOfReadable = async (readable: ReadableParts): Promise<ReadonlyArray<StartFault>> => {
  const checked = await guarded(async () => {
    const { readableFaults } = await import('@pull-secret/composition/server')
    return E.right(await readableFaults(readable))
  })
  return E.isLeft(checked) ? checked.left : checked.right
}
