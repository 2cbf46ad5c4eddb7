import * as E from 'fp-ts/lib/Either.js'
import type { CommandOperations } from '../operations/operations.ts'
import { vendorCheckTimeout } from '../operations/vendor-check.ts'
import { type Check, failed, ok } from './check.ts'
import { checkRegistryAccess } from './check-registry-access.ts'

/** Whether a server accepts this caller, and the state of its registries. */
export const checkServer = async ({ perform }: Pick<CommandOperations, 'perform'>): Promise<ReadonlyArray<Check>> => {
  const answer = await perform('listRegistries', { parameters: {}, query: { check: true } }, vendorCheckTimeout)
  return E.isLeft(answer)
    ? [failed('server', answer.left.message, answer.left.hint ?? 'check the log of the server')]
    : [ok('server', 'reachable, accepts the token'), ...checkRegistryAccess(answer.right.body)]
}
