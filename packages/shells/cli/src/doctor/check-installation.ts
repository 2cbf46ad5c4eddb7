import type { StartFault } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import { toRegistriesBody } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { type Check, failed, ok, skipped } from './check.ts'
import { checkAccess } from './check-access.ts'
import { checkDatabase, type OpenSchema } from './check-database.ts'
import { checkDatabaseUse } from './check-database-use.ts'
import { checkPreparedStatements, type Opening, type OpenRoot } from './check-prepared-statements.ts'
import { checkRegistryAccess } from './check-registry-access.ts'
import { checkWaitingWork } from './check-waiting-work.ts'
import { checkWrites } from './check-writes.ts'

export interface InstallationDeps {
  readonly openSchema: OpenSchema
  readonly openRoot: OpenRoot
}

interface FaultCheck {
  readonly name: string
  readonly isAbout: (field: string) => boolean
  readonly hint: string
}

/** The checks that opening the service makes, by the field of a fault. */
const faultChecks: ReadonlyArray<FaultCheck> = [
  {
    name: 'key ring',
    isAbout: (field) => field.startsWith('encryption.'),
    hint: 'check the file of encryption.key_ring_file and its permissions',
  },
  {
    name: 'registry settings',
    isAbout: (field) => field.startsWith('registries'),
    hint: 'correct the section of the registry in the configuration',
  },
  {
    name: 'TLS files',
    isAbout: (field) => field.startsWith('server.tls.'),
    hint: 'correct the section server.tls in the configuration, or the files that it names and their permissions',
  },
  {
    name: 'access settings',
    isAbout: (field) => field.startsWith('access.'),
    hint: 'correct the section access in the configuration, or the file that it names and its permissions',
  },
  {
    name: 'trace settings',
    isAbout: (field) => field.startsWith('telemetry.traces.'),
    hint: 'check the file of telemetry.traces.headers_file and its permissions',
  },
  {
    name: 'deployment id',
    isAbout: (field) => field.startsWith('deployment.'),
    hint: 'correct deployment.id, or connect to the database of this deployment',
  },
]

const failedOn = (faults: ReadonlyArray<StartFault>, { name, isAbout, hint }: FaultCheck): ReadonlyArray<Check> => {
  const messages = faults.filter(({ field = '' }) => isAbout(field)).map(({ message }) => message)
  return messages.length === 0 ? [] : [failed(name, messages.join('; '), hint)]
}

/** What is the fault of no part that has a check of its own. */
const checkUnexpected = (opening: Opening): ReadonlyArray<Check> =>
  E.isRight(opening)
    ? []
    : opening.left
        .filter(({ field }) => field === undefined)
        .map(({ message }) => failed('start', message, 'report it, with the version of pull-secret'))

const databaseSettings: FaultCheck = {
  name: 'database',
  isAbout: (field) => field.startsWith('database'),
  hint: 'correct the section database in the configuration',
}

/** What is wrong with the files and sections that a refused configuration names. */
export const checkReadable = (faults: ReadonlyArray<StartFault>): ReadonlyArray<Check> =>
  [...faultChecks, databaseSettings].flatMap((check) => failedOn(faults, check))

/** These are checked only when everything before them is ok. */
const needDatabase = new Set(['deployment id'])

const checkFaults = (opening: Opening): ReadonlyArray<Check> =>
  faultChecks.map((check) => {
    const [fault] = E.isLeft(opening) ? failedOn(opening.left, check) : []
    if (fault !== undefined) return fault
    return E.isLeft(opening) && needDatabase.has(check.name)
      ? skipped(check.name, 'the service cannot start')
      : ok(check.name)
  })

const checkVendors = async (opening: Opening): Promise<ReadonlyArray<Check>> => {
  if (E.isLeft(opening)) return [skipped('registry access', 'the service cannot start')]
  try {
    return checkRegistryAccess(toRegistriesBody(await opening.right.useCases.checkRegistries({ askVendors: true })()))
  } finally {
    await opening.right.close()
  }
}

/** Checks everything that the service needs besides its configuration. */
export const checkInstallation = async (
  config: Config,
  { openSchema, openRoot }: InstallationDeps,
): Promise<ReadonlyArray<Check>> => {
  const database = await checkDatabase(config.database, openSchema)
  const databaseUse = await checkDatabaseUse(config, openSchema)
  const prepared = await checkPreparedStatements(config, openRoot)
  return [
    ...checkFaults(prepared.opening),
    ...checkUnexpected(prepared.opening),
    ...database,
    ...databaseUse,
    prepared.check,
    await checkWrites(prepared.opening),
    await checkWaitingWork(prepared.opening),
    ...(await checkAccess(prepared.opening)),
    ...(await checkVendors(prepared.opening)),
  ]
}
