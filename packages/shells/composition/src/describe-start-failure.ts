import type { StartFailure } from '@pull-secret/application'
import type { StartFault } from './start-fault.ts'

/** One sentence for each reason why a wired service must not answer anybody. */
export const describeStartFailure = (failure: StartFailure): StartFault => {
  switch (failure.code) {
    case 'DEPLOYMENT_MISMATCH':
      return {
        field: 'deployment.id',
        message: `this database belongs to deployment ${failure.stored}, not to ${failure.configured}`,
      }
    case 'SCOPE_CHANGED':
      return {
        field: 'registries',
        message: [
          `registry ${failure.registryId} still has unrevoked credentials at ${failure.stored}`,
          `so it cannot move to ${failure.configured}: add a new registry id instead`,
        ].join(', '),
      }
    case 'REGISTRY_MISSING':
      return {
        field: 'registries',
        message: [
          `registry ${failure.registryId} still has unrevoked credentials`,
          'so it must stay configured: set enabled to false to create no more',
        ].join(', '),
      }
    case 'LEDGER_UNAVAILABLE':
      return {
        field: 'database',
        message: 'the database is unavailable, or its schema is missing: run pull-secret migrate',
      }
  }
}
