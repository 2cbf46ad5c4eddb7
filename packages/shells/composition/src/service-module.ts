import { makeApi } from '@pull-secret/api'
import { makeUseCases, type Ports, type UseCases } from '@pull-secret/application'
import { ContainerModule } from 'inversify'
import { type JobRuns, makeJobRuns } from './job-runs.ts'
import { jobTable } from './job-table.ts'
import { type Settings, Tokens } from './tokens.ts'

/** Use cases, jobs and API, from ports alone. The same in every root. */
export const serviceModule = new ContainerModule(({ bind }) => {
  bind(Tokens.useCases)
    .toResolvedValue(
      (
        ledger: Ports['ledger'],
        reads: Ports['reads'],
        dueWork: Ports['dueWork'],
        sharedObjects: Ports['sharedObjects'],
        register: Ports['register'],
        registries: Ports['registries'],
        cipher: Ports['cipher'],
        digest: Ports['digest'],
        ids: Ports['ids'],
        clock: Ports['clock'],
        logger: Ports['logger'],
        meter: Ports['meter'],
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
      (useCases: UseCases, logger: Ports['logger'], ids: Ports['ids'], { jobIntervals, ownSubject }: Settings) =>
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
