import type { RevocationsBody } from '@pull-secret/wire'
import { table } from './table.ts'

export const revocationTable = (registries: RevocationsBody): string =>
  table(
    ['REGISTRY', 'STATUS', 'SETTLES', 'STUCK', 'PROBLEM'],
    Object.entries(registries).map(([id, { status, settling_until: settles, stuck, problem }]) => [
      id,
      status,
      settles,
      stuck === undefined ? 'no' : 'yes',
      problem,
    ]),
  )

/** Who is waited for, such as `quay (settling)`. */
export const unrevoked = (registries: RevocationsBody): string =>
  Object.entries(registries)
    .filter(([, { status }]) => status !== 'revoked')
    .map(([id, { status }]) => `${id} (${status})`)
    .join(', ')
