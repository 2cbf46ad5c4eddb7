import type { AnswerOf } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandAnswer, CommandOperations } from '../operations/operations.ts'
import type { RolloutPlan } from '../presenters/present-rollout.ts'
import { estimateRollout } from './estimate-rollout.ts'
import type { Standing } from './known-clusters.ts'
import type { RolloutEntry } from './read-rollout-list.ts'

const registriesOf = ({ body }: AnswerOf<'listRegistries'>) => body.registries

/** What a rollout of these clusters would do and cost; changes nothing. */
export const planRollout = async (
  standings: ReadonlyMap<RolloutEntry, Standing>,
  { perform }: Pick<CommandOperations, 'perform'>,
): CommandAnswer<RolloutPlan> => {
  const registries = E.map(registriesOf)(await perform('listRegistries', { parameters: {} }))
  if (E.isLeft(registries)) return registries
  const of = (standing: Standing): ReadonlyArray<RolloutEntry> =>
    [...standings].flatMap(([entry, its]) => (its === standing ? [entry] : []))
  const missing = of('missing')
  const { requestsPerCredential } = await import('@pull-secret/composition/server')
  return E.right({
    clusters: standings.size,
    existing: of('existing').length,
    missing: missing.length,
    deleted: of('deleted').length,
    banned: of('banned').length,
    estimates: estimateRollout(missing, registries.right, requestsPerCredential),
  })
}
