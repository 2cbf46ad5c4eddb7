import type { StartFailure } from '@pull-secret/application'
import { startFaultOf } from './database-start-fault.ts'
import type { StartFault } from './start-fault.ts'

const scopeChanged = ({
  registryId,
  stored,
  configured,
  credentials,
  clusterId,
}: Extract<StartFailure, { code: 'SCOPE_CHANGED' }>): string =>
  [
    `registry ${registryId} cannot move from ${stored} to ${configured}:`,
    `${String(credentials)} unrevoked credential(s) stand there, one of them of cluster ${clusterId}.`,
    `Either go back to ${stored}, delete the pull secrets of those clusters, and move when none is left;`,
    `or go back to ${stored} with enabled: false, and add the new place under a new registry id.`,
    'Two registries cannot serve one host: give the old one hosts that nobody pulls from, and aliases: [],',
    'which takes its credentials out of the pull secrets',
  ].join(' ')

/** One sentence for each reason why a wired service must not answer anybody. */
export const describeStartFailure = (failure: StartFailure): StartFault => {
  switch (failure.code) {
    case 'DEPLOYMENT_MISMATCH':
      return {
        field: 'deployment.id',
        message: `this database belongs to deployment ${failure.stored}, not to ${failure.configured}`,
      }
    case 'KEY_CHANGED':
      return {
        field: 'encryption.key_ring_file',
        message: [
          `key ${failure.keyId} of the key ring is another key than the one that was used under this id,`,
          'so that nothing that one sealed could be decrypted:',
          'put the old key back, or give the new one a new id',
        ].join(' '),
      }
    case 'SCOPE_CHANGED':
      return {
        field: 'registries',
        message: scopeChanged(failure),
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
      return failure.fault === undefined
        ? { field: 'database', message: 'the database is unavailable', mayPass: true }
        : startFaultOf(failure.fault)
  }
}
