import type { UseCases } from '@pull-secret/application'
import type { Api, RequestLimits } from './api.ts'
import { banOperations } from './ban-operations.ts'
import { listOperations } from './list-operations.ts'
import { operatorOperations, type RunJob } from './operator-operations.ts'
import { pullSecretOperations } from './pull-secret-operations.ts'

export interface ApiDeps {
  readonly useCases: UseCases
  readonly runJob: RunJob
  readonly limits: RequestLimits
}

/** The operations, with the same rules in every shell. */
export const makeApi = ({ useCases, runJob, limits }: ApiDeps): Api => ({
  ...pullSecretOperations(useCases, limits),
  ...banOperations(useCases, limits),
  ...listOperations(useCases, limits),
  ...operatorOperations(useCases, runJob),
})
