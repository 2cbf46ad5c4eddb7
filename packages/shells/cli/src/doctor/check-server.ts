import * as E from 'fp-ts/lib/Either.js'
import type { Operations } from '../operations/operations.ts'
import { type Check, failed, ok } from './check.ts'
import { checkRegistryAccess } from './check-registry-access.ts'

/** A check asks every vendor. */
const timeoutSeconds = 30

/** Whether a server answers this caller, and what it says of its registries. */
export const checkServer = async ({ perform }: Pick<Operations, 'perform'>): Promise<ReadonlyArray<Check>> => {
  const answer = await perform('listRegistries', { parameters: {}, query: { check: true } }, { timeoutSeconds })
  return E.isLeft(answer)
    ? [failed('server', answer.left.message, answer.left.hint ?? 'look at its log')]
    : [ok('server', 'answers and lets this token in'), ...checkRegistryAccess(answer.right.body)]
}
