import type { RegistriesBody } from '@pull-secret/wire'
import type { RolloutEntry } from './read-rollout-list.ts'

/** Requests to a registry for one new credential: to create it, and to log in with it once, soon after. */
export interface CredentialRequests {
  readonly create: number
  readonly login: number
}

/** What is known of a type of registry. */
export interface TypeTerms {
  /** What its vendor allows a minute, unless the deployment says otherwise. */
  readonly perMinute?: number
  readonly requests: CredentialRequests
}

export interface RegistryEstimate {
  readonly registryId: string
  readonly type: string
  readonly credentials: number
  /** Absent for a type of which nothing is known. */
  readonly requests?: CredentialRequests
  readonly perMinute?: number
  readonly budgetFrom: 'option' | 'default of the type' | 'unknown'
  /** Absent without a budget or without known requests. */
  readonly seconds?: { readonly creates: number; readonly withLogins: number }
}

/** Ten seconds' worth may be sent at once. */
const secondsOf = (requests: number, perMinute: number): number =>
  Math.max(0, Math.ceil((requests / perMinute) * 60 - 10))

const secondsOfAll = (
  credentials: number,
  requests: CredentialRequests | undefined,
  perMinute: number | undefined,
): RegistryEstimate['seconds'] =>
  requests === undefined || perMinute === undefined
    ? undefined
    : {
        creates: secondsOf(credentials * requests.create, perMinute),
        withLogins: secondsOf(credentials * (requests.create + requests.login), perMinute),
      }

const originOf = (given: number | undefined, perMinute: number | undefined): RegistryEstimate['budgetFrom'] => {
  if (given !== undefined) return 'option'
  return perMinute === undefined ? 'unknown' : 'default of the type'
}

/**
 * What the missing clusters cost at each enabled registry. A budget that neither the options nor the type tells is
 * unknown: the service keeps to its own, and does not tell it.
 */
export const estimateRollout = (
  missing: ReadonlyArray<RolloutEntry>,
  registries: RegistriesBody['registries'],
  types: Readonly<Record<string, TypeTerms>>,
  budgets: Readonly<Record<string, number>>,
): ReadonlyArray<RegistryEstimate> =>
  registries
    .filter(({ enabled }) => enabled)
    .map(({ registry_id: registryId, type }) => {
      const terms = Object.hasOwn(types, type) ? types[type] : undefined
      const given = Object.hasOwn(budgets, registryId) ? budgets[registryId] : undefined
      const perMinute = given ?? terms?.perMinute
      const credentials = missing.filter(({ body }) => body.registries?.includes(registryId) ?? true).length
      return {
        registryId,
        type,
        credentials,
        requests: terms?.requests,
        perMinute,
        budgetFrom: originOf(given, perMinute),
        seconds: secondsOfAll(credentials, terms?.requests, perMinute),
      }
    })

/** The slowest registry sets the pace. Undefined where no budget is known. */
export const slowestOf = (estimates: ReadonlyArray<RegistryEstimate>): RegistryEstimate['seconds'] => {
  const known = estimates.flatMap(({ seconds }) => (seconds === undefined ? [] : [seconds]))
  return known.length === 0
    ? undefined
    : {
        creates: Math.max(...known.map(({ creates }) => creates)),
        withLogins: Math.max(...known.map(({ withLogins }) => withLogins)),
      }
}
