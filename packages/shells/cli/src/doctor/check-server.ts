import * as E from 'fp-ts/lib/Either.js'
import type { CommandOperations } from '../operations/operations.ts'
import type { ServerState } from '../operations/read-server-state.ts'
import { vendorCheckTimeout } from '../operations/vendor-check.ts'
import { type Check, failed, ok } from './check.ts'
import { checkReadiness } from './check-readiness.ts'
import { checkRegistryAccess } from './check-registry-access.ts'

/** Whether a server accepts this caller and is ready, and the state of its registries. */
export const checkServer = async (
  { perform }: Pick<CommandOperations, 'perform'>,
  state: ServerState,
): Promise<ReadonlyArray<Check>> => {
  const answer = await perform('listRegistries', { parameters: {}, query: { check: true } }, vendorCheckTimeout)
  const ready = checkReadiness(state)
  return E.isLeft(answer)
    ? [failed('server', answer.left.message, answer.left.hint ?? 'check the log of the server'), ready]
    : [ok('server', 'reachable, accepts the token'), ready, ...checkRegistryAccess(answer.right.body)]
}
