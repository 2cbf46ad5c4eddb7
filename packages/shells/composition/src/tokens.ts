import type { Api, RequestLimits } from '@pull-secret/api'
import type { UseCases } from '@pull-secret/application'
import type {
  Cipher,
  Clock,
  CredentialLedger,
  DeploymentRegister,
  Digest,
  DueWork,
  Ids,
  LedgerReads,
  Logger,
  Meter,
  Registries,
  SharedObjects,
} from '@pull-secret/domain'
import type { ServiceIdentifier } from 'inversify'
import type { JobRuns } from './job-runs.ts'
import type { JobIntervals } from './job-table.ts'

/** Numbers and names that a root decides. */
export interface Settings {
  readonly deploymentId: string
  readonly recoveryBatchSize: number
  readonly jobIntervals: JobIntervals
  /** On whose behalf the service itself changes the ledger, for the audit. */
  readonly ownSubject: string
  readonly limits: RequestLimits
}

const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(`pull-secret/${name}`)

export const Tokens = {
  settings: token<Settings>('settings'),
  clock: token<Clock>('clock'),
  ids: token<Ids>('ids'),
  cipher: token<Cipher>('cipher'),
  digest: token<Digest>('digest'),
  logger: token<Logger>('logger'),
  meter: token<Meter>('meter'),
  registries: token<Registries>('registries'),
  ledger: token<CredentialLedger>('ledger'),
  reads: token<LedgerReads>('reads'),
  dueWork: token<DueWork>('due-work'),
  sharedObjects: token<SharedObjects>('shared-objects'),
  register: token<DeploymentRegister>('register'),
  useCases: token<UseCases>('use-cases'),
  jobs: token<JobRuns>('jobs'),
  api: token<Api>('api'),
} as const
