import type { CallTerms, Clock, SecretText } from '@pull-secret/domain'
import { type CallFailure, decodeBody, failureOfResult, isSuccess } from '@pull-secret/registry-http'
import type { RhitApi } from './rhit-api.ts'
import type { RhitConfig } from './rhit-config.ts'
import { saysAccountIsMissing, type ServiceAccount, serviceAccount } from './rhit-wire.ts'

export interface AccountDeps {
  readonly api: RhitApi
  readonly clock: Clock
  readonly config: Pick<RhitConfig, 'usernamePrefix' | 'conflictStatuses' | 'notFoundStatuses'>
}

/** The account of this name, whoever made it. */
export const readAccount = async (
  { api, clock, config }: AccountDeps,
  name: string,
  terms: CallTerms,
): Promise<ServiceAccount | 'missing' | CallFailure> => {
  const result = await api.getAccount(name, terms)
  if (result.kind !== 'answered') return result
  if (saysAccountIsMissing(result, config.notFoundStatuses)) return 'missing'
  if (!isSuccess(result)) return failureOfResult(result, clock.now())
  const account = decodeBody(serviceAccount, result)
  return account?.name === name ? account : { kind: 'unknown', problem: 'unreadable_answer' }
}

/** The vendor makes the username from the name; where it says which, it is believed. */
export const usernameOf = (account: ServiceAccount, { usernamePrefix }: AccountDeps['config']): string =>
  account.credentials?.username ?? `${usernamePrefix}${account.name}`

export const passwordOf = (account: ServiceAccount | undefined): SecretText | undefined =>
  account?.credentials?.password ?? undefined
