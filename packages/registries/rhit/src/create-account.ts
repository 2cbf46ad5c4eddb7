import type { CreateOutcome, CreateRequest, UnknownOutcome } from '@pull-secret/domain'
import { decodeBody, failureOfResult, isCallFailure, isSuccess } from '@pull-secret/registry-http'
import { type AccountDeps, passwordOf, readAccount, usernameOf } from './read-account.ts'
import type { RhitApi } from './rhit-api.ts'
import { type ServiceAccount, serviceAccount } from './rhit-wire.ts'

export interface CreateAccountDeps extends AccountDeps {
  /** For the steps after the first: waits where it is limited. */
  readonly patientApi: RhitApi
}

const unreadable: UnknownOutcome = { kind: 'unknown', problem: 'unreadable_answer' }

/**
 * Makes the service account, or takes over the one that is there with our marker. A name that was used before and is
 * not to be seen is retained by a deleted account: it is burnt, never recovered. A password is never replaced.
 */
export const makeCreateAccount = (deps: CreateAccountDeps): ((request: CreateRequest) => Promise<CreateOutcome>) => {
  const { api, patientApi, clock, config } = deps

  const createdFrom = (account: ServiceAccount): CreateOutcome => {
    const token = passwordOf(account)
    return token === undefined ? unreadable : { kind: 'created', username: usernameOf(account, config), token }
  }

  const readBack = async (
    { vendorName, marker, terms }: CreateRequest,
    ifMissing: CreateOutcome,
  ): Promise<CreateOutcome> => {
    const found = await readAccount({ api: patientApi, clock, config }, vendorName, terms)
    if (found === 'missing') return ifMissing
    if (isCallFailure(found)) return { kind: 'unknown', problem: found.problem }
    return found.description === marker ? createdFrom(found) : { kind: 'name_burnt' }
  }

  return async (request) => {
    const result = await api.createAccount(request.vendorName, request.marker, request.terms)
    if (result.kind !== 'answered') return result
    if (config.conflictStatuses.includes(result.status)) return readBack(request, { kind: 'name_burnt' })
    if (!isSuccess(result)) return failureOfResult(result, clock.now())
    const account = decodeBody(serviceAccount, result)
    const isOurs =
      account?.name === request.vendorName &&
      account.description === request.marker &&
      passwordOf(account) !== undefined
    return isOurs ? createdFrom(account) : readBack(request, unreadable)
  }
}
