import { setTimeout as sleep } from 'node:timers/promises'
import type { ServiceCaller } from '../stage/service-caller.ts'
import type { LedgerDatabase } from './ledger-database.ts'

export interface SettleDeps {
  readonly database: LedgerDatabase
  readonly call: ServiceCaller
  readonly url: string
  readonly registryCount: number
}

/** Twice the longest back-off and more: rows of one htpasswd file get in each other's way and take turns. */
const patienceSeconds = 180
const pauseMilliseconds = 500

/**
 * Runs recovery until nothing is left to do and nothing may still change, or patience ends: what is unfinished then
 * is told by an invariant.
 */
export const settle = async ({ database, call, url, registryCount }: SettleDeps): Promise<number> => {
  const begun = performance.now()
  const seconds = (): number => (performance.now() - begun) / 1000
  while ((await database.unfinished(registryCount)) > 0 && seconds() < patienceSeconds) {
    await call(url, { method: 'POST', path: '/v1/jobs/recovery/runs' })
    await sleep(pauseMilliseconds)
  }
  return seconds()
}
