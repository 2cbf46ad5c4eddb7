import type { AuditChains } from '@pull-secret/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LedgerTables } from './ledger-tables.ts'

/** The audit of an in-memory ledger, whose heads are its newest records. */
export const makeInMemoryAuditChains = ({ audit }: Pick<LedgerTables, 'audit'>): AuditChains => ({
  chains: (after, limit) =>
    TE.fromIO(() =>
      [...audit]
        .filter(([chain]) => after === undefined || chain > after)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .slice(0, limit)
        .map(([chain, entries]) => {
          const newest = entries.at(-1)
          return { chain, head: newest === undefined ? undefined : { count: newest.sequence, hash: newest.hash } }
        }),
    ),
  records: (chain, afterSequence = -Infinity, limit) =>
    TE.fromIO(() => (audit.get(chain) ?? []).filter(({ sequence }) => sequence > afterSequence).slice(0, limit)),
})
