import { createHash } from 'node:crypto'
import {
  type AuditRecord,
  banTransitions,
  canonicalAuditText,
  chainStart,
  type ClusterRule,
  type ClusterState,
  type CredentialRule,
  type CredentialState,
  credentialTransitions,
  isLegalClusterTransition,
  isLegalTransition,
  type Trigger,
} from '@pull-secret/domain'
import type { Request } from '../callers.ts'
import type { Violation } from '../violation.ts'
import type { Side } from '../world.ts'
import { livingRows } from './rows.ts'

/** Replaying the change records of a cluster gives the states its rows are in, and every hash covers the one before. */
export const auditAgrees = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  [...tables.clusters.keys()].flatMap((clusterId): ReadonlyArray<Violation> => {
    const states = new Map<string, CredentialState>()
    let hash = chainStart
    for (const entry of tables.audit.get(clusterId) ?? []) {
      hash = createHash('sha256')
        .update(canonicalAuditText(entry.record, entry.sequence, hash))
        .digest('hex')
      if (hash !== entry.hash)
        return [{ invariant: 'I4', message: `the audit chain of ${clusterId} is broken at ${String(entry.sequence)}` }]
      const { kind, credentialId, metadata } = entry.record
      if (kind !== 'change' || credentialId === undefined) continue
      const from = states.get(credentialId) ?? 'none'
      const [rule, to] = [metadata['rule'] as CredentialRule, metadata['to'] as CredentialState]
      if (metadata['from'] !== from || !isLegalTransition(rule, from, to))
        return [{ invariant: 'I4', message: `${credentialId}: ${rule} cannot lead from ${from} to ${to}` }]
      states.set(credentialId, to)
    }
    const rows = [...livingRows(tables), ...tables.revoked.values()].filter((row) => row.clusterId === clusterId)
    return rows.flatMap((row) =>
      states.get(row.id) === row.state
        ? []
        : [
            {
              invariant: 'I4' as const,
              message: `${row.id} is ${row.state}, its audit says ${states.get(row.id) ?? 'nothing'}`,
            },
          ],
    )
  })

/** What may set a change off that is made for each kind of request. */
const triggersOf: Readonly<Record<Request['kind'], ReadonlyArray<Trigger>>> = {
  generate: ['generate', 'vendor_answer', 'expiry'],
  retrieve: [],
  delete: ['delete', 'proof'],
  ban: ['ban', 'proof'],
  unban: [],
  recover: ['recovery', 'vendor_answer', 'expiry', 'proof'],
}

/** Every change of a credential was set off by what its rule names. */
export const changesAreSetOffRightly = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  [...tables.audit.values()]
    .flat()
    .filter(({ record: { kind, credentialId } }) => kind === 'change' && credentialId !== undefined)
    .flatMap(({ record: { metadata, traceId, credentialId = '' } }) => {
      const { triggers } = credentialTransitions[metadata['rule'] as CredentialRule]
      const possible = triggersOf[traceId as Request['kind']]
      return triggers.some((trigger) => possible.includes(trigger))
        ? []
        : [
            {
              invariant: 'I4' as const,
              message: `${credentialId}: nothing that sets ${String(metadata['rule'])} off happens in a ${traceId}`,
            },
          ]
    })

const isOfBan = (metadata: AuditRecord['metadata']): boolean => String(metadata['rule']) in banTransitions

/**
 * The same for the cluster itself: its recorded changes, one after the other, lead to the state and the life it is
 * in.
 */
export const clusterAuditAgrees = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  [...tables.clusters.values()].flatMap(({ clusterId, cluster }): ReadonlyArray<Violation> => {
    let state: ClusterState | 'absent' = 'absent'
    let incarnation = 0
    for (const {
      record: { kind, credentialId, metadata },
    } of tables.audit.get(clusterId) ?? []) {
      if (kind !== 'change' || credentialId !== undefined || isOfBan(metadata)) continue
      const [rule, to] = [metadata['rule'] as ClusterRule, metadata['to'] as ClusterState]
      if (metadata['from'] !== state || !isLegalClusterTransition(rule, state, to))
        return [{ invariant: 'I4', message: `${clusterId}: ${rule} cannot lead from ${state} to ${to}` }]
      state = to
      incarnation = Number(metadata['incarnation'])
    }
    return state === (cluster?.state ?? 'absent') && incarnation === (cluster?.incarnation ?? 0)
      ? []
      : [{ invariant: 'I4', message: `${clusterId} is ${cluster?.state ?? 'absent'}, its audit says ${state}` }]
  })
