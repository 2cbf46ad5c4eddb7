import type { Audit, Migrations, ServerRoot, StartFault } from '@pull-secret/composition/server'
import type { Config, ReadableParts } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { ProcessContext } from '../process-context.ts'

type Opening<A> = E.Either<ReadonlyArray<StartFault>, A>

const codeOf = ({ code }: NodeJS.ErrnoException): string =>
  typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? `, code ${code}` : ''

/** The text of an unknown error may quote the address of the database: it is not repeated. */
const unexpected = (error: unknown): StartFault => {
  if (!(error instanceof Error)) return { message: `an unexpected error: ${typeof error}` }
  const name = /^\w{1,60}$/.test(error.name) ? error.name : 'Error'
  return { message: `an unexpected error: ${name}${codeOf(error)}` }
}

const guarded = async <A>(open: () => Promise<Opening<A>>): Promise<Opening<A>> => {
  try {
    return await open()
  } catch (error) {
    return E.left([unexpected(error)])
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
