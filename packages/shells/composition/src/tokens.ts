import type { Api, RequestLimits } from '@pull-secret/api'
import type { Ports, UseCases } from '@pull-secret/application'
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
  clock: token<Ports['clock']>('clock'),
  ids: token<Ports['ids']>('ids'),
  cipher: token<Ports['cipher']>('cipher'),
  digest: token<Ports['digest']>('digest'),
  logger: token<Ports['logger']>('logger'),
  meter: token<Ports['meter']>('meter'),
  registries: token<Ports['registries']>('registries'),
  ledger: token<Ports['ledger']>('ledger'),
  reads: token<Ports['reads']>('reads'),
  dueWork: token<Ports['dueWork']>('due-work'),
  sharedObjects: token<Ports['sharedObjects']>('shared-objects'),
  register: token<Ports['register']>('register'),
  useCases: token<UseCases>('use-cases'),
  jobs: token<JobRuns>('jobs'),
  api: token<Api>('api'),
} as const
