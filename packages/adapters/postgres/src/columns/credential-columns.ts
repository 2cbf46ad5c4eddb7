import type { Credential, ViewedCredential } from '@pull-secret/domain'
import type { Columns } from './columns.ts'

/** Where `registry_credentials` keeps each property of a credential. */
export const credentialColumns: Columns<Credential> = {
  id: { column: 'id', isFinal: true },
  version: { column: 'version', isFinal: true },
  clusterId: { column: 'cluster_id', isFinal: true },
  incarnation: { column: 'incarnation', isFinal: true },
  registryId: { column: 'registry_id', isFinal: true },
  generation: { column: 'generation', isFinal: true },
  scope: { column: 'scope', isFinal: true },
  vendorName: { column: 'vendor_name', isFinal: true },
  vendorId: { column: 'vendor_id' },
  state: { column: 'state' },
  fence: { column: 'fence' },
  lease: {
    attemptId: { column: 'lease_attempt' },
    takenAt: { column: 'lease_taken_at', isTime: true },
    expiresAt: { column: 'lease_expires_at', isTime: true },
  },
  attempts: { column: 'attempts' },
  outcome: { column: 'outcome' },
  settlesAt: { column: 'settles_at', isTime: true },
  nextAttemptAt: { column: 'next_attempt_at', isTime: true },
  nextWork: { column: 'next_work' },
  tries: { column: 'tries' },
  problem: { column: 'problem' },
  stuckSince: { column: 'stuck_since', isTime: true },
  deleteAcceptedAt: { column: 'delete_accepted_at', isTime: true },
  deleteDoneAt: { column: 'delete_done_at', isTime: true },
  absentSince: { column: 'absent_since', isTime: true },
  username: { column: 'username' },
  sealedToken: { column: 'token' },
  expiresAt: { column: 'expires_at', isTime: true },
  refreshAfter: { column: 'refresh_after', isTime: true },
  verdict: { column: 'verdict' },
  proof: { column: 'proof' },
  createdAt: { column: 'created_at', isTime: true, isFinal: true },
  activatedAt: { column: 'activated_at', isTime: true },
  revokedAt: { column: 'revoked_at', isTime: true },
}

const all = credentialColumns

/** The part of them that an answer needs. */
export const viewedCredentialColumns: Columns<ViewedCredential> = {
  id: all.id,
  registryId: all.registryId,
  scope: all.scope,
  generation: all.generation,
  state: all.state,
  attempts: all.attempts,
  tries: all.tries,
  problem: all.problem,
  username: all.username,
  sealedToken: all.sealedToken,
  lease: { expiresAt: all.lease.expiresAt },
  settlesAt: all.settlesAt,
  nextAttemptAt: all.nextAttemptAt,
  stuckSince: all.stuckSince,
  expiresAt: all.expiresAt,
  refreshAfter: all.refreshAfter,
  createdAt: all.createdAt,
}
