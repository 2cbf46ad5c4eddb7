import type {
  AccessCheck,
  AdoptOutcome,
  CallTerms,
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
import type { Task } from 'fp-ts/lib/Task.js'
import { makeHtpasswdStore, malformedRule } from './distribution-api.ts'
import type { DistributionConfig } from './distribution-config.ts'
import { makeOwnNames } from './distribution-user-name.ts'
import type { FileSystem } from './file-place.ts'
import type { TokenHashes } from './token-hashes.ts'
import { brokenRule, errorCode } from './unusable-file.ts'
import { fitsBcrypt } from './user-hashes.ts'

export interface DistributionClientDeps extends RegistryDependencies {
  readonly config: Pick<DistributionConfig, 'htpasswdFile'>
  readonly files: FileSystem
  readonly bcrypt: TokenHashes
  readonly validateCredential: RegistryClient['validateCredential']
}

const requestRefused: RefusedOutcome = { kind: 'refused', problem: 'request_refused', firstStep: true }
const storageFailed: RefusedOutcome = { kind: 'refused', problem: 'storage_failed', firstStep: false }

/**
 * Users of a CNCF Distribution htpasswd file. The file is one shared object, written as a whole from what the ledger
 * says.
 */
export const makeDistributionClient = (deps: DistributionClientDeps): RegistryClient => {
  const names = makeOwnNames(deps.deploymentId)
  const file = deps.config.htpasswdFile
  const warn = (rule: string, errorType?: string): void => {
    deps.logger.log('warn', `the htpasswd file ${rule}`, { registry: deps.registryId, file, error_type: errorType })()
  }
  const store = makeHtpasswdStore({ ...deps, file, names, warn })

  /** The store throws only before anything was replaced. */
  const failureOfThrown = (error: unknown): CallFailure => {
    warn(brokenRule(error), errorCode(error))
    return { kind: 'not_sent', problem: 'storage_failed' }
  }

  const create = async ({ vendorName, marker, token, shared, terms }: CreateRequest): Promise<CreateOutcome> => {
    if (names.markerIn(vendorName) !== marker) return { kind: 'name_burnt' }
    const isWanted = shared?.entries.some((entry) => entry.vendorName === vendorName)
    if (shared === undefined || isWanted !== true || token === undefined || !fitsBcrypt(token)) return requestRefused
    const outcome = await store.write({ shared, user: { name: vendorName, token }, deadline: terms.deadline })
    if (outcome.kind === 'written') return { kind: 'created', username: vendorName, token }
    return outcome.kind === 'no_file' ? storageFailed : outcome
  }

  const read = async ({ vendorName, marker }: ReadRequest): Promise<ReadOutcome> => {
    const content = await store.read()
    if (content === 'malformed') return storageFailed
    return content?.own.has(vendorName) === true
      ? { kind: 'found', ours: names.markerIn(vendorName) === marker, username: vendorName }
      : { kind: 'absent', controlled: content !== undefined }
  }

  const remove = async ({ vendorName, marker, shared, terms }: DeleteRequest): Promise<DeleteOutcome> => {
    if (shared === undefined || shared.entries.some((entry) => entry.vendorName === vendorName)) return requestRefused
    if (names.markerIn(vendorName) !== marker) {
      const content = await store.read()
      if (content !== 'malformed' && content?.own.has(vendorName) === true)
        return { kind: 'absent', evidence: 'foreign_object' }
    }
    const outcome = await store.write({ shared, removed: vendorName, deadline: terms.deadline })
    if (outcome.kind === 'no_file') return { kind: 'absent_unproved' }
    if (outcome.kind !== 'written') return outcome
    return outcome.before.own.has(vendorName) ? { kind: 'deleted' } : { kind: 'absent', evidence: 'listing' }
  }

  const list = async (): Promise<ListOutcome> => {
    const content = await store.read()
    if (content === 'malformed') return storageFailed
    const users = content === undefined ? [] : [...content.own.keys()]
    return {
      kind: 'listed',
      credentials: users.map((vendorName) => ({ vendorName, marker: names.markerIn(vendorName) })),
    }
  }

  const failing = (rule: string): AccessCheck => ({
    kind: 'failing',
    problem: 'storage_failed',
    detail: `htpasswd_file: ${file} ${rule}`,
  })

  const check = async (): Promise<AccessCheck> => {
    try {
      await store.checkDirectory()
      return (await store.read()) === 'malformed' ? failing(malformedRule) : { kind: 'working' }
    } catch (error) {
      return failing(brokenRule(error))
    }
  }

  const adoptSharedObject =
    ({ deadline }: CallTerms): Task<AdoptOutcome> =>
    async () => {
      try {
        const outcome = await store.keepAll(deadline)
        return outcome.kind === 'kept' ? { kind: 'adopted', kept: outcome.users, fence: outcome.fence } : outcome
      } catch (error) {
        warn(brokenRule(error), errorCode(error))
        return { kind: 'not_sent', problem: 'storage_failed' }
      }
    }

  return {
    capabilities: {
      recoveryClass: 'caller-secret',
      uniqueNames: true,
      // The file of the same machine or cluster: what a rename has not done within a minute it never does.
      landingWindowSeconds: 60,
      executesOnce: true,
      deleteConsistency: 'strong',
      settleSeconds: 30,
      revocable: true,
      sharedObject: true,
    },
    scope: file,
    vendorName: ({ credentialId }) => names.nameOf(credentialId),
    ...guardedClient({ create, read, remove, list, check }, { clock: deps.clock, failureOfThrown }),
    validateCredential: deps.validateCredential,
    adoptSharedObject,
  }
}
