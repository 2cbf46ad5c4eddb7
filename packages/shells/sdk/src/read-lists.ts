import type { AuditBody, ClusterBody, ReplicasBody, StuckBody } from '@pull-secret/wire'
import { dateOf, dateOrAbsent } from './dates.ts'
import type { AuditRecord, ListedCluster, Replica, StuckCredential } from './operator.ts'

export const listedClusterOf = (body: ClusterBody): ListedCluster => ({
  clusterId: body.cluster_id,
  state: body.state,
  incarnation: body.incarnation,
  externalId: body.external_id ?? undefined,
  cloudProvider: body.cloud_provider ?? undefined,
  region: body.region ?? undefined,
  createdAt: dateOf(body.created_at),
  publishedAt: dateOrAbsent(body.published_at),
  oldestCredentialAt: dateOrAbsent(body.oldest_credential_at),
  ban:
    body.ban === null
      ? undefined
      : { reason: body.ban.reason, bannedBy: body.ban.banned_by, bannedAt: dateOf(body.ban.banned_at) },
  credentials: body.registries.map(
    ({ registry_id: registryId, state, generation, created_at: createdAt, problem, stuck_since: stuckSince }) => ({
      registryId,
      state,
      generation,
      createdAt: dateOf(createdAt),
      problem,
      stuckSince: dateOrAbsent(stuckSince),
    }),
  ),
})

export const stuckCredentialOf = (body: StuckBody['stuck'][number]): StuckCredential => ({
  credentialId: body.credential_id,
  clusterId: body.cluster_id,
  registryId: body.registry_id,
  vendorName: body.vendor_name,
  work: body.work,
  since: dateOrAbsent(body.since),
  attempts: body.attempts,
  nextAttemptAt: dateOrAbsent(body.next_attempt_at),
  problem: body.problem,
  nextStep: body.next_step,
})

export const auditRecordOf = (body: AuditBody['records'][number]): AuditRecord => ({
  id: body.id,
  at: dateOf(body.at),
  kind: body.kind,
  action: body.action,
  outcome: body.outcome,
  clusterId: body.cluster_id ?? undefined,
  credentialId: body.credential_id ?? undefined,
  registryId: body.registry_id ?? undefined,
  subject: body.subject,
  reason: body.reason,
  traceId: body.trace_id,
  metadata: body.metadata,
})

export const replicaOf = (body: ReplicasBody['replicas'][number]): Replica => ({
  replicaId: body.replica_id,
  component: body.component,
  host: body.host,
  version: body.version,
  ledgerProtocol: body.ledger_protocol,
  keyIds: body.key_ids,
  startedAt: dateOf(body.started_at),
  seenAt: dateOf(body.seen_at),
  alive: body.alive,
})
