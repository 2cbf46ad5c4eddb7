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

export type LedgerParts = Pick<
  Ports,
  'ledger' | 'reads' | 'fleet' | 'dueWork' | 'sharedObjects' | 'register' | 'replicas'
>

export type PlatformParts = Pick<Ports, 'clock' | 'ids' | 'cipher' | 'keyChecks' | 'digest' | 'logger' | 'meter'>

export type AroundUseCases = (useCases: UseCases) => UseCases

const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(`pull-secret/${name}`)

export const Tokens = {
  settings: token<Settings>('settings'),
  ledgerParts: token<LedgerParts>('ledger-parts'),
  platformParts: token<PlatformParts>('platform-parts'),
  registries: token<Ports['registries']>('registries'),
  aroundUseCases: token<AroundUseCases>('around-use-cases'),
  useCases: token<UseCases>('use-cases'),
  jobs: token<JobRuns>('jobs'),
  api: token<Api>('api'),
} as const
