import type { Durability } from '@pull-secret/postgres'
import type { StartFault } from './start-fault.ts'

/** What is wrong with a database that a crash damages, where something is at stake. */
export const durabilityFault = (
  { off }: Durability,
  { isSandbox }: { readonly isSandbox: boolean },
): ReadonlyArray<StartFault> =>
  isSandbox || off.length === 0
    ? []
    : [
        {
          field: 'database',
          message: [
            `the database runs with ${off.map((name) => `${name} = off`).join(' and ')}`,
            'so that a crash of its machine damages what was committed: only a sandbox accepts that',
          ].join(', '),
        },
      ]
