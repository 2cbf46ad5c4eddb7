import type { AuditRecord, ClaimedWork, LeaseClaim } from '@pull-secret/domain'
import type { LedgerTables } from '@pull-secret/in-memory'
import { transitionOf } from './transition-of.ts'

const shownOfId = 8

/** A row as a timeline names it: its registry, and as much of its id as tells it from others. */
const named = (registryId: string | undefined, credentialId: string): string =>
  `${registryId ?? 'unknown'} ${credentialId.slice(0, shownOfId)}`

export const describeClaim = ({ purpose, credential }: ClaimedWork): string =>
  `${purpose} ${named(credential.registryId, credential.id)}`

const describeChange = (record: AuditRecord): string => {
  const { clusterId, registryId, credentialId } = record
  return `${transitionOf(record)} ${credentialId === undefined ? clusterId : named(registryId, credentialId)}`
}

/** What a timeline tells of a database: names of rows, and every recorded change once. */
export interface LedgerNotes {
  readonly row: (lease: LeaseClaim) => string
  /** Changes of state of a cluster and its rows, in order, that were recorded since this was asked last. */
  readonly newChanges: (clusterId: string) => ReadonlyArray<string>
}

export const makeLedgerNotes = ({ clusters, revoked, audit }: LedgerTables): LedgerNotes => {
  const told = new Map<string, number>()
  return {
    row: ({ clusterId, credentialId }) =>
      named(
        (clusters.get(clusterId)?.credentials.find(({ id }) => id === credentialId) ?? revoked.get(credentialId))
          ?.registryId,
        credentialId,
      ),
    newChanges: (clusterId) => {
      const chain = audit.get(clusterId) ?? []
      const known = told.get(clusterId) ?? 0
      told.set(clusterId, chain.length)
      return chain.slice(known).flatMap(({ record }) => (record.kind === 'change' ? [describeChange(record)] : []))
    },
  }
}
