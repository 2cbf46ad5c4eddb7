import { createHash } from 'node:crypto'
import { type AuditRecord, canonicalAuditText, chainOf, chainStart } from '@pull-secret/domain'
import type { LedgerTables } from './ledger-tables.ts'

/** Appends each record to the chain that it belongs to. */
export const appendAudit = ({ audit }: Pick<LedgerTables, 'audit'>, records: ReadonlyArray<AuditRecord>): void => {
  for (const record of records) {
    const name = chainOf(record)
    const chain = audit.get(name) ?? []
    const sequence = chain.length + 1
    const hash = createHash('sha256')
      .update(canonicalAuditText(record, sequence, chain.at(-1)?.hash ?? chainStart))
      .digest('hex')
    audit.set(name, [...chain, { sequence, hash, record }])
  }
}
