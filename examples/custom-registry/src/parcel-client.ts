import type {
  AccessCheck,
  CallTerms,
  CreateOutcome,
  CreateRequest,
  DeleteOutcome,
  DeleteRequest,
  ListOutcome,
  ReadOutcome,
  ReadRequest,
  RegistryClient,
  RegistryDependencies,
} from '@pull-secret/domain'
import {
  type CallFailure,
  decodeBody,
  failureOfResult,
  guardedClient,
  type HttpClient,
  isCallFailure,
  isSuccess,
  makeLoginCheck,
  type SecretFile,
} from '@pull-secret/registry-http'
import { makeParcelApi } from './parcel-api.ts'
import type { ParcelConfig } from './parcel-config.ts'
import { parcelKeyName } from './parcel-key-name.ts'
import { type Key, key, keyList, type ListedKey, saysKeyIsMissing, saysNameIsTaken } from './parcel-wire.ts'

export interface ParcelClientDeps extends RegistryDependencies {
  readonly config: ParcelConfig
  readonly http: HttpClient
  readonly token: SecretFile
}

const unreadable: CallFailure = { kind: 'unknown', problem: 'unreadable_answer' }

const createdFrom = ({ name, secret }: Key): CreateOutcome => ({ kind: 'created', username: name, token: secret })

/** Keys of the imaginary vendor Parcel. A name is taken once, a secret can be read again, a delete works at once. */
export const makeParcelClient = (deps: ParcelClientDeps): RegistryClient => {
  const { config, clock, http } = deps
  const api = makeParcelApi(deps)

  /** The key of this name, whoever made it. */
  const readKey = async (name: string, terms: CallTerms): Promise<Key | 'missing' | CallFailure> => {
    const result = await api.getKey(name, terms)
    if (result.kind === 'answered' && saysKeyIsMissing(result)) return 'missing'
    if (result.kind !== 'answered' || !isSuccess(result)) return failureOfResult(result, clock.now())
    const found = decodeBody(key, result)
    return found?.name === name ? found : unreadable
  }

  /** Every key, or why there is no complete list. */
  const readKeys = async (terms: CallTerms): Promise<ReadonlyArray<ListedKey> | CallFailure> => {
    const result = await api.listKeys(terms)
    if (result.kind !== 'answered' || !isSuccess(result)) return failureOfResult(result, clock.now())
    const list = decodeBody(keyList, result)
    return list !== undefined && list.keys.length === list.total ? list.keys : unreadable
  }

  /** Takes over what is there under our name, if it carries our marker. */
  const readBack = async (request: CreateRequest, ifMissing: CreateOutcome): Promise<CreateOutcome> => {
    const found = await readKey(request.vendorName, request.terms)
    if (found === 'missing') return ifMissing
    if (isCallFailure(found)) return { kind: 'unknown', problem: found.problem }
    return found.note === request.marker ? createdFrom(found) : { kind: 'name_burnt' }
  }

  const create = async (request: CreateRequest): Promise<CreateOutcome> => {
    const { vendorName, marker, terms } = request
    const result = await api.createKey(vendorName, marker, terms)
    if (result.kind === 'answered' && isSuccess(result)) return readBack(request, unreadable)
    if (result.kind === 'answered' && saysNameIsTaken(result)) return readBack(request, { kind: 'name_burnt' })
    return failureOfResult(result, clock.now())
  }

  /** What a complete listing says about a key that a single read did not find. */
  const proveAbsence = async ({ vendorName, marker, terms }: ReadRequest) => {
    const keys = await readKeys(terms)
    if (isCallFailure(keys)) return keys
    const namesake = keys.find(({ name }) => name === vendorName)
    if (namesake === undefined) return { kind: 'absent', evidence: 'listing' } as const
    return namesake.note === marker
      ? ({ kind: 'absent_unproved' } as const)
      : ({ kind: 'absent', evidence: 'foreign_object' } as const)
  }

  const read = async (request: ReadRequest): Promise<ReadOutcome> => {
    const found = await readKey(request.vendorName, request.terms)
    if (found === 'missing') return { kind: 'absent', controlled: (await proveAbsence(request)).kind === 'absent' }
    if (isCallFailure(found)) return found
    const ours = found.note === request.marker
    return { kind: 'found', ours, username: found.name, token: ours ? found.secret : undefined }
  }

  const remove = async (request: DeleteRequest): Promise<DeleteOutcome> => {
    const { vendorName, marker, terms } = request
    const found = await readKey(vendorName, terms)
    if (found === 'missing') return proveAbsence(request)
    if (isCallFailure(found)) return found
    if (found.note !== marker) return { kind: 'absent', evidence: 'foreign_object' }
    const result = await api.deleteKey(vendorName, terms)
    if (result.kind === 'answered' && result.status === 204) return { kind: 'deleted' }
    if (result.kind === 'answered' && saysKeyIsMissing(result)) return proveAbsence(request)
    return failureOfResult(result, clock.now())
  }

  const list = async (terms: CallTerms): Promise<ListOutcome> => {
    const keys = await readKeys(terms)
    if (isCallFailure(keys)) return keys
    return { kind: 'listed', credentials: keys.map(({ name, note }) => ({ vendorName: name, marker: note })) }
  }

  const check = async (terms: CallTerms): Promise<AccessCheck> => {
    const keys = await readKeys(terms)
    return isCallFailure(keys) ? { kind: 'failing', problem: keys.problem } : { kind: 'working' }
  }

  return {
    capabilities: {
      recoveryClass: 'read-back',
      uniqueNames: true,
      landingWindowSeconds: 900,
      executesOnce: false,
      deleteConsistency: 'strong',
      settleSeconds: 30,
      revocable: true,
      sharedObject: false,
    },
    scope: config.baseUrl,
    vendorName: parcelKeyName,
    ...guardedClient({ create, read, remove, list, check }, { clock }),
    validateCredential: makeLoginCheck({ http, clock, registryUrl: config.baseUrl }),
  }
}
