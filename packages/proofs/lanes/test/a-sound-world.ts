import { createHash } from 'node:crypto'
import { type AuditRecord, canonicalAuditText, chainStart } from '@pull-secret/domain'
import type { AuditFact, ChainFact, CredentialFact, Facts } from '../src/kill/facts.ts'

export const kept = { host: 'quay.io', username: 'acme+kept', token: 'token-of-kept' }
export const gone = { host: 'quay.io', username: 'acme+gone', token: 'token-of-gone' }

export const keptRow: CredentialFact = {
  id: 'c1',
  clusterId: 'cls-kept01',
  registryId: 'quay',
  incarnation: 1,
  state: 'active',
  vendorName: 'kept',
}
export const goneRow: CredentialFact = {
  id: 'c2',
  clusterId: 'cls-gone01',
  registryId: 'quay',
  incarnation: 1,
  state: 'revoked',
  vendorName: 'gone',
}

type Change = readonly [from: string, to: string, credentialId?: string]

const recordOf = (clusterId: string, [from, to, credentialId]: Change): AuditRecord => ({
  kind: 'change',
  action: 'create',
  outcome: 'success',
  subject: 'adapter',
  reason: 'manual',
  traceId: 'trace',
  at: 1,
  clusterId,
  ...(credentialId === undefined ? {} : { credentialId, registryId: 'quay' }),
  metadata: { from, to },
})

/** A chain whose hashes are right for the changes given. */
export const chainOf = (
  clusterId: string,
  changes: ReadonlyArray<Change>,
): { readonly audit: ReadonlyArray<AuditFact>; readonly chain: ChainFact } => {
  let head = chainStart
  const audit = changes.map((change, index) => {
    const record = recordOf(clusterId, change)
    head = createHash('sha256')
      .update(canonicalAuditText(record, index + 1, head))
      .digest('hex')
    return { record, chain: clusterId, sequence: index + 1, hash: head }
  })
  return { audit, chain: { chain: clusterId, count: changes.length, head } }
}

const keptChain = chainOf('cls-kept01', [
  ['absent', 'live'],
  ['none', 'intended', 'c1'],
  ['intended', 'ready', 'c1'],
  ['ready', 'active', 'c1'],
])
const goneChain = chainOf('cls-gone01', [
  ['absent', 'live'],
  ['none', 'intended', 'c2'],
  ['intended', 'ready', 'c2'],
  ['ready', 'active', 'c2'],
  ['live', 'deleting'],
  ['active', 'revoking', 'c2'],
  ['revoking', 'revoked', 'c2'],
  ['deleting', 'deleted'],
])

const soundWorld: Facts = {
  calls: [
    { clusterId: 'cls-kept01', kind: 'generate', begun: 1, ended: 3, status: 200, handed: [kept] },
    { clusterId: 'cls-gone01', kind: 'generate', begun: 2, ended: 4, status: 200, handed: [gone] },
    { clusterId: 'cls-gone01', kind: 'delete', begun: 5, ended: 6, status: 204, handed: [] },
    { clusterId: 'cls-gone01', kind: 'get', begun: 7, ended: 8, status: 404, handed: [] },
  ],
  credentials: [keptRow, goneRow],
  clusters: [
    { id: 'cls-kept01', state: 'live', isPublished: true },
    { id: 'cls-gone01', state: 'deleted', isPublished: true },
  ],
  registryIds: ['quay'],
  audit: [...keptChain.audit, ...goneChain.audit],
  chains: [keptChain.chain, goneChain.chain],
  objects: [{ registryId: 'quay', vendorName: 'kept', credentialId: 'c1' }],
  touchedStrangers: [],
  isAccepted: ({ username }) => username === kept.username,
  rowOf: ({ username }) => [keptRow, goneRow].find(({ vendorName }) => username === `acme+${vendorName}`),
  leaks: [],
  isSearchProved: true,
  doubleRows: [],
}

/** A world in which one cluster lives and one was deleted, and in which all invariants hold but for the change. */
export const aWorld = (change: Partial<Facts> = {}): Facts => ({ ...soundWorld, ...change })
