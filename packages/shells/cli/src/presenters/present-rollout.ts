import { type RegistryEstimate, slowestOf } from '../rollout/estimate-rollout.ts'
import { durationText } from '../rollout/rollout-progress.ts'
import { countOf, resultBodyOf, type RolloutResult } from '../rollout/rollout-results.ts'
import { pairs, table } from './table.ts'
import type { View } from './view.ts'

const shownFailures = 20

const failureTable = (failed: ReadonlyArray<RolloutResult>): string =>
  failed.length === 0
    ? ''
    : `\n${table(
        ['LINE', 'CLUSTER', 'CODE', 'MESSAGE'],
        failed
          .slice(0, shownFailures)
          .map(({ entry, failure }) => [
            String(entry.line),
            entry.clusterId,
            failure?.code,
            failure?.message.trimEnd().replaceAll(/\n */g, '; '),
          ]),
      )}${failed.length > shownFailures ? `and ${String(failed.length - shownFailures)} more\n` : ''}`

/** How a rollout ended. `seconds`: how long it took. */
export const presentRollout = (results: ReadonlyArray<RolloutResult>, seconds: number): View => {
  const failed = results.filter(({ outcome }) => outcome === 'failed')
  const counts = {
    clusters: results.length,
    existed: countOf(results, 'existed'),
    generated: countOf(results, 'generated'),
    failed: failed.length,
    pending: countOf(results, 'pending'),
  }
  return {
    text:
      pairs([
        ['Clusters', String(counts.clusters)],
        ['Existed', String(counts.existed)],
        ['Generated', String(counts.generated)],
        ['Failed', String(counts.failed)],
        ['Pending', String(counts.pending)],
        ['Time', durationText(seconds)],
      ]) + failureTable(failed),
    data: { ...counts, seconds: Math.ceil(seconds), failures: failed.map(resultBodyOf) },
  }
}

export interface RolloutPlan {
  readonly clusters: number
  readonly existing: number
  readonly missing: number
  /** Deleted, or being deleted: a generate will be refused. */
  readonly deleted: number
  /** The same. */
  readonly banned: number
  readonly estimates: ReadonlyArray<RegistryEstimate>
}

const rangeText = (seconds: RegistryEstimate['seconds']): string | undefined =>
  seconds === undefined
    ? undefined
    : `at least ${durationText(seconds.creates)}, with first logins ${durationText(seconds.withLogins)}`

const budgetText = ({ perMinute }: RegistryEstimate): string =>
  perMinute === undefined ? 'none' : `${String(perMinute)} a minute`

const requestsText = ({ credentials, requests }: RegistryEstimate, step: 'create' | 'login'): string | undefined =>
  requests === undefined ? undefined : String(credentials * requests[step])

const explanation = `
The first time counts the requests that create; the other one also the first login with each credential, which follows
soon and takes from the same budget. Whatever else uses the budget, repeated logins among it, and the service's limit
for its caller come on top.
`

const estimateBodyOf = ({ registryId, type, credentials, requests, perMinute, seconds }: RegistryEstimate) => ({
  registry_id: registryId,
  type,
  credentials,
  create_requests: requests === undefined ? null : credentials * requests.create,
  login_requests: requests === undefined ? null : credentials * requests.login,
  budget_per_minute: perMinute ?? null,
  seconds: seconds?.creates ?? null,
  seconds_with_logins: seconds?.withLogins ?? null,
})

/** What a rollout would do. */
export const presentRolloutPlan = ({ clusters, existing, missing, deleted, banned, estimates }: RolloutPlan): View => {
  const time = slowestOf(estimates)
  return {
    text: `${pairs([
      ['Clusters', String(clusters)],
      ['Existing', String(existing)],
      ['To generate', String(missing)],
      ['Deleted', deleted === 0 ? undefined : `${String(deleted)}, which will fail`],
      ['Banned', banned === 0 ? undefined : `${String(banned)}, which will fail`],
      ['Time', rangeText(time) ?? 'unknown'],
    ])}\n${table(
      ['REGISTRY', 'TYPE', 'CREDENTIALS', 'REQUESTS', 'FIRST LOGINS', 'BUDGET', 'TIME'],
      estimates.map((estimate) => [
        estimate.registryId,
        estimate.type,
        String(estimate.credentials),
        requestsText(estimate, 'create'),
        requestsText(estimate, 'login'),
        budgetText(estimate),
        rangeText(estimate.seconds),
      ]),
    )}${explanation}`,
    data: {
      clusters,
      existing,
      to_generate: missing,
      deleted,
      banned,
      seconds: time?.creates ?? null,
      seconds_with_logins: time?.withLogins ?? null,
      registries: estimates.map(estimateBodyOf),
    },
  }
}
