import type {
  AccessCheck,
  CreateOutcome,
  CreateRequest,
  DeleteOutcome,
  DeleteRequest,
  ListOutcome,
  ReadOutcome,
  ReadRequest,
  RefusedOutcome,
  RegistryClient,
  RegistryDependencies,
} from '@pull-secret/domain'
import { type CallFailure, guardedClient } from '@pull-secret/registry-http'
import { makeHtpasswdStore } from './distribution-api.ts'
import type { DistributionConfig } from './distribution-config.ts'
import { makeOwnNames } from './distribution-user-name.ts'
import { errorCode, type FileSystem } from './replace-file.ts'
import { fitsBcrypt } from './user-hashes.ts'

export interface DistributionClientDeps extends RegistryDependencies {
  readonly config: Pick<DistributionConfig, 'htpasswdFile'>
  readonly files: FileSystem
  readonly validateCredential: RegistryClient['validateCredential']
}

const requestRefused: RefusedOutcome = { kind: 'refused', problem: 'request_refused', firstStep: true }
const malformed: RefusedOutcome = { kind: 'refused', problem: 'storage_failed', firstStep: false }

/**
 * Users of a CNCF Distribution htpasswd file. The file is one shared object, written as a whole from what the ledger
 * says.
 */
export const makeDistributionClient = (deps: DistributionClientDeps): RegistryClient => {
  const names = makeOwnNames(deps.deploymentId)
  const file = deps.config.htpasswdFile
  const store = makeHtpasswdStore({ ...deps, file, names })

  /** The store throws only before anything was replaced. */
  const failureOfThrown = (error: unknown): CallFailure => {
    deps.logger.log('warn', 'the htpasswd file cannot be used', {
      registry: deps.registryId,
      error_type: errorCode(error),
    })()
    return { kind: 'not_sent', problem: 'storage_failed' }
  }

  const create = async ({ vendorName, marker, token, shared, deadline }: CreateRequest): Promise<CreateOutcome> => {
    if (names.markerIn(vendorName) !== marker) return { kind: 'name_burnt' }
    const entry = shared?.entries.find((one) => one.vendorName === vendorName)
    if (shared === undefined || entry === undefined || token === undefined || !fitsBcrypt(entry.token))
      return requestRefused
    const outcome = await store.write({ shared, required: vendorName, deadline })
    return outcome.kind === 'written' ? { kind: 'created', username: vendorName, token } : outcome
  }

  const read = async ({ vendorName, marker }: ReadRequest): Promise<ReadOutcome> => {
    const content = await store.read()
    if (content === 'malformed') return malformed
    return content?.own.has(vendorName) === true
      ? { kind: 'found', ours: names.markerIn(vendorName) === marker, username: vendorName }
      : { kind: 'absent', controlled: content !== undefined }
  }

  const remove = async ({ vendorName, marker, shared, deadline }: DeleteRequest): Promise<DeleteOutcome> => {
    if (shared === undefined || shared.entries.some((entry) => entry.vendorName === vendorName)) return requestRefused
    const content = await store.read()
    if (content === undefined) return { kind: 'absent_unproved' }
    if (content !== 'malformed' && content.own.has(vendorName) && names.markerIn(vendorName) !== marker)
      return { kind: 'absent', evidence: 'foreign_object' }
    const outcome = await store.write({ shared, deadline })
    if (outcome.kind !== 'written') return outcome
    return outcome.before?.own.has(vendorName) === true ? { kind: 'deleted' } : { kind: 'absent', evidence: 'listing' }
  }

  const list = async (): Promise<ListOutcome> => {
    const content = await store.read()
    if (content === 'malformed') return malformed
    const users = content === undefined ? [] : [...content.own.keys()]
    return {
      kind: 'listed',
      credentials: users.map((vendorName) => ({ vendorName, marker: names.markerIn(vendorName) })),
    }
  }

  const check = async (): Promise<AccessCheck> => {
    await store.checkDirectory()
    return (await store.read()) === 'malformed' ? { kind: 'failing', problem: 'storage_failed' } : { kind: 'working' }
  }

  return {
    capabilities: {
      recoveryClass: 'caller-secret',
      uniqueNames: true,
      // The file of the same machine or cluster: what a rename has not done within a minute it never does.
      landingWindowSeconds: 60,
      executesOnce: true,
      deleteConsistency: 'strong',
      revocable: true,
      sharedObject: true,
    },
    scope: file,
    vendorName: ({ credentialId }) => names.nameOf(credentialId),
    ...guardedClient({ create, read, remove, list, check }, { clock: deps.clock, failureOfThrown }),
    validateCredential: deps.validateCredential,
  }
}
