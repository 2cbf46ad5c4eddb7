import type { Api } from '@pull-secret/api'
import type { UseCases } from '@pull-secret/application'
import { Container } from 'inversify'
import type { JobRuns } from './job-runs.ts'
import { partsModule, type RootParts, serviceModule } from './service-module.ts'
import { Tokens } from './tokens.ts'

/** The service, wired. */
export interface Service {
  readonly useCases: UseCases
  readonly api: Api
  readonly jobs: JobRuns
}

/** Resolves everything once, so that missing wiring fails at start. The container goes no further. */
export const resolveService = (parts: RootParts): Service => {
  const container = new Container()
  container.load(serviceModule, partsModule(parts))
  return {
    useCases: container.get(Tokens.useCases),
    api: container.get(Tokens.api),
    jobs: container.get(Tokens.jobs),
  }
}
