import type { Credential, CredentialLedger, DueWork } from '@pull-secret/domain'
import type { OpenLedger } from '@pull-secret/port-contracts'
import type { LedgerTables } from '../../src/index.ts'
import { livingRows, replaceRow } from '../../src/ledger-tables.ts'
import type { InMemoryLedgerSubject as Subject } from '../an-in-memory-ledger.ts'

export type Change = CredentialLedger['change']
export type Break = (honest: Subject) => Subject

export const past = Date.parse('2020-01-01T00:00:00Z')
export const future = Date.parse('2100-01-01T00:00:00Z')

export const overLedgers =
  (suite: (open: OpenLedger) => void) =>
  (open: () => Subject): void => {
    suite(() => Promise.resolve(open()))
  }

export const changing =
  (wrap: (change: Change, subject: Subject) => Change): Break =>
  (subject) => ({ ...subject, ledger: { ...subject.ledger, change: wrap(subject.ledger.change, subject) } })

export const recording =
  (wrap: (record: CredentialLedger['record'], subject: Subject) => CredentialLedger['record']): Break =>
  (subject) => ({ ...subject, ledger: { ...subject.ledger, record: wrap(subject.ledger.record, subject) } })

export const claiming =
  (wrap: (claim: DueWork['claim'], subject: Subject) => DueWork['claim']): Break =>
  (subject) => ({ ...subject, dueWork: { ...subject.dueWork, claim: wrap(subject.dueWork.claim, subject) } })

export const sharing =
  (wrap: (subject: Subject) => Partial<Subject['sharedObjects']>): Break =>
  (subject) => ({ ...subject, sharedObjects: { ...subject.sharedObjects, ...wrap(subject) } })

export const everyRow = (tables: LedgerTables, change: (row: Credential) => Credential): void => {
  for (const row of livingRows(tables)) replaceRow(tables, change(row))
}

export const endLease = (tables: LedgerTables, registryId: string): void => {
  const held = tables.sharedObjects.get(registryId)
  if (held !== undefined) tables.sharedObjects.set(registryId, { ...held, expiresAt: 0 })
}
