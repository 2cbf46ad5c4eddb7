import type { AnswerOf } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { usageFailure } from '../failures/command-failure.ts'
import type { CommandAnswer, CommandOperations } from '../operations/operations.ts'
import type { RolloutPlan } from '../presenters/present-rollout.ts'
import { estimateRollout, type TypeTerms } from './estimate-rollout.ts'
import type { Standing } from './known-clusters.ts'
import type { RolloutEntry } from './read-rollout-list.ts'

const builtInTypes = async (): Promise<Readonly<Record<string, TypeTerms>>> => {
  const { callsPerMinute, requestsPerCredential } = await import('@pull-secret/composition/server')
  return Object.fromEntries(
    Object.entries(requestsPerCredential).map(([type, requests]) => [
      type,
      { requests, perMinute: callsPerMinute[type] },
    ]),
  )
}

const registriesOf = ({ body }: AnswerOf<'listRegistries'>) => body.registries

/** What a rollout of these clusters would do and cost; changes nothing. */
export const planRollout = async (
  standings: ReadonlyMap<RolloutEntry, Standing>,
  budgets: Readonly<Record<string, number>>,
  { perform }: Pick<CommandOperations, 'perform'>,
): CommandAnswer<RolloutPlan> => {
  const registries = E.map(registriesOf)(await perform('listRegistries', { parameters: {} }))
  if (E.isLeft(registries)) return registries
  const unknown = Object.keys(budgets).find((id) => !registries.right.some((registry) => registry.registry_id === id))
  if (unknown !== undefined)
    return E.left(
      usageFailure(
        `--budget names ${unknown}, which is no configured registry`,
        'pull-secret registries list shows the configured registries',
      ),
    )
  const of = (standing: Standing): ReadonlyArray<RolloutEntry> =>
    [...standings].flatMap(([entry, its]) => (its === standing ? [entry] : []))
  const missing = of('missing')
  return E.right({
    clusters: standings.size,
    existing: of('existing').length,
    missing: missing.length,
    deleted: of('deleted').length,
    estimates: estimateRollout(missing, registries.right, await builtInTypes(), budgets),
  })
}
