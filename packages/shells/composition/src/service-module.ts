import { makeApi } from '@pull-secret/api'
import { makeUseCases, type UseCases } from '@pull-secret/application'
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
import { ContainerModule } from 'inversify'
import { type JobRuns, makeJobRuns } from './job-runs.ts'
import { jobTable } from './job-table.ts'
import { type Settings, Tokens } from './tokens.ts'

/** Use cases, jobs and API, from ports alone. The same in every root. */
export const serviceModule = new ContainerModule(({ bind }) => {
  bind(Tokens.useCases)
    .toResolvedValue(
      (
        ledger: CredentialLedger,
        reads: LedgerReads,
        dueWork: DueWork,
        sharedObjects: SharedObjects,
        register: DeploymentRegister,
        registries: Registries,
        cipher: Cipher,
        digest: Digest,
        ids: Ids,
        clock: Clock,
        logger: Logger,
        meter: Meter,
        { deploymentId, recoveryBatchSize }: Settings,
      ) => {
        const storage = { ledger, reads, dueWork, sharedObjects, register }
        const platform = { cipher, digest, ids, clock, logger, meter }
        return makeUseCases({ ...storage, ...platform, registries, deploymentId, recoveryBatchSize })
      },
      [
        Tokens.ledger,
        Tokens.reads,
        Tokens.dueWork,
        Tokens.sharedObjects,
        Tokens.register,
        Tokens.registries,
        Tokens.cipher,
        Tokens.digest,
        Tokens.ids,
        Tokens.clock,
        Tokens.logger,
        Tokens.meter,
        Tokens.settings,
      ],
    )
    .inSingletonScope()
  bind(Tokens.jobs)
    .toResolvedValue(
      (useCases: UseCases, logger: Logger, ids: Ids, { jobIntervals, ownSubject }: Settings) =>
        makeJobRuns({ jobs: jobTable(useCases, jobIntervals), logger, ids, subject: ownSubject }),
      [Tokens.useCases, Tokens.logger, Tokens.ids, Tokens.settings],
    )
    .inSingletonScope()
  bind(Tokens.api)
    .toResolvedValue(
      (useCases: UseCases, jobs: JobRuns, { limits }: Settings) => makeApi({ useCases, runJob: jobs.run, limits }),
      [Tokens.useCases, Tokens.jobs, Tokens.settings],
    )
    .inSingletonScope()
})
