import type { RegistriesBody } from '@pull-secret/wire'
import type { RolloutEntry } from './read-rollout-list.ts'

type CallBudgetBody = NonNullable<RegistriesBody['registries'][number]['budget']>

/** Requests to a registry for one new credential: to create it, and to log in with it once, soon after. */
export interface CredentialRequests {
  readonly create: number
  readonly login: number
}

export interface RegistryEstimate {
  readonly registryId: string
  readonly type: string
  readonly credentials: number
  /** Absent for a type of which nothing is known. */
  readonly requests?: CredentialRequests
  /** The deployment's part. Absent: any number. */
  readonly perMinute?: number
  /** Absent without a budget or without known requests. */
  readonly seconds?: { readonly creates: number; readonly withLogins: number }
}

const secondsOf = (requests: number, { per_minute: perMinute, burst, share }: CallBudgetBody): number =>
  Math.max(0, Math.ceil(((requests - burst * share) / (perMinute * share)) * 60))

const secondsOfAll = (
  credentials: number,
  { create, login }: CredentialRequests,
  budget: CallBudgetBody,
): RegistryEstimate['seconds'] => ({
  creates: secondsOf(credentials * create, budget),
  withLogins: secondsOf(credentials * (create + login), budget),
})

/** What the missing clusters cost at each enabled registry, and how long its budget makes that last. */
export const estimateRollout = (
  missing: ReadonlyArray<RolloutEntry>,
  registries: RegistriesBody['registries'],
  requestsOfTypes: Readonly<Record<string, CredentialRequests>>,
): ReadonlyArray<RegistryEstimate> =>
  registries
    .filter(({ enabled }) => enabled)
    .map(({ registry_id: registryId, type, budget }) => {
      const requests = Object.hasOwn(requestsOfTypes, type) ? requestsOfTypes[type] : undefined
      const credentials = missing.filter(({ body }) => body.registries?.includes(registryId) ?? true).length
      return {
        registryId,
        type,
        credentials,
        requests,
        perMinute: budget === undefined ? undefined : budget.per_minute * budget.share,
        seconds:
          requests === undefined || budget === undefined ? undefined : secondsOfAll(credentials, requests, budget),
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
