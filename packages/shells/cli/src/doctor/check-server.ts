import * as E from 'fp-ts/lib/Either.js'
import type { Operations } from '../operations/operations.ts'
import { type Check, failed, ok } from './check.ts'
import { checkRegistryAccess } from './check-registry-access.ts'

/** Whether a server answers this caller, and what it says of its registries. */
export const checkServer = async ({ registries }: Pick<Operations, 'registries'>): Promise<ReadonlyArray<Check>> => {
  const body = await registries(true)
  return E.isLeft(body)
    ? [failed('server', body.left.message, body.left.hint ?? 'look at its log')]
    : [ok('server', 'answers and lets this token in'), ...checkRegistryAccess(body.right)]
}
