import { createHash } from 'node:crypto'
import { canonicalAuditText, chainStart } from '@pull-secret/domain'
import type { StoredAudit } from './ledger-subject.ts'

/** The numbers of the entries. */
export const sequences = (chain: ReadonlyArray<StoredAudit>): ReadonlyArray<number> =>
  chain.map((entry) => entry.sequence)

/** By which rule each change was made, or of which problem each event tells. */
export const rulesOf = (chain: ReadonlyArray<StoredAudit>): ReadonlyArray<unknown> =>
  chain.map(({ record }) => record.metadata['rule'] ?? record.metadata['problem'])

/** The entries whose hash does not cover themselves and the entry before. */
export const brokenLinks = (chain: ReadonlyArray<StoredAudit>): ReadonlyArray<number> =>
  chain.flatMap((entry, index) => {
    const previous = index === 0 ? chainStart : (chain[index - 1]?.hash ?? '')
    return entry.hash ===
      createHash('sha256')
        .update(canonicalAuditText(entry.record, entry.sequence, previous))
        .digest('hex')
      ? []
      : [entry.sequence]
  })
