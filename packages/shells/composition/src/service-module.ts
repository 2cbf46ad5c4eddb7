import { makeApi } from '@pull-secret/api'
import { makeUseCases, type Ports, type UseCases } from '@pull-secret/application'
import { ContainerModule } from 'inversify'
import { type JobRuns, makeJobRuns } from './job-runs.ts'
import { jobTable } from './job-table.ts'
import { type AroundUseCases, type LedgerParts, type PlatformParts, type Settings, Tokens } from './tokens.ts'

/** What a root brings: its settings, where it keeps its state, and the platform that it runs on. */
export interface RootParts {
  readonly settings: Settings
  readonly ledger: LedgerParts
  readonly platform: PlatformParts
  readonly registries: Ports['registries']
  /** What is around every use case; absent: nothing. */
  readonly aroundUseCases?: AroundUseCases
}

const nothingAround: AroundUseCases = (useCases) => useCases

export const partsModule = ({
  settings,
  ledger,
  platform,
  registries,
  aroundUseCases = nothingAround,
}: RootParts): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Tokens.settings).toConstantValue(settings)
    bind(Tokens.ledgerParts).toConstantValue(ledger)
    bind(Tokens.platformParts).toConstantValue(platform)
    bind(Tokens.registries).toConstantValue(registries)
    bind(Tokens.aroundUseCases).toConstantValue(aroundUseCases)
  })

/** Use cases, jobs and API, from parts alone. The same in every root. */
export const serviceModule = new ContainerModule(({ bind }) => {
  bind(Tokens.useCases)
    .toResolvedValue(
      (
        ledger: LedgerParts,
        platform: PlatformParts,
        registries: Ports['registries'],
        { deploymentId, recoveryBatchSize }: Settings,
        around: AroundUseCases,
      ) => around(makeUseCases({ ...ledger, ...platform, registries, deploymentId, recoveryBatchSize })),
      [Tokens.ledgerParts, Tokens.platformParts, Tokens.registries, Tokens.settings, Tokens.aroundUseCases],
    )
    .inSingletonScope()
  bind(Tokens.jobs)
    .toResolvedValue(
      (useCases: UseCases, platform: PlatformParts, { jobIntervals, ownSubject }: Settings) =>
        makeJobRuns({ ...platform, jobs: jobTable(useCases, jobIntervals), subject: ownSubject }),
      [Tokens.useCases, Tokens.platformParts, Tokens.settings],
    )
    .inSingletonScope()
  bind(Tokens.api)
    .toResolvedValue(
      (useCases: UseCases, jobs: JobRuns, { limits }: Settings) => makeApi({ useCases, runJob: jobs.run, limits }),
      [Tokens.useCases, Tokens.jobs, Tokens.settings],
    )
    .inSingletonScope()
})
